import { Admissions } from "./admission.ts";
import { type GuestAdmissionDeps, guestAdmission } from "./guest.ts";
import { type LinkDeps, linkAdmission } from "./link.ts";
import { type MatrixDeps, matrixAdmission } from "./matrix.ts";
import { type TelegramAdmissionDeps, telegramAdmission } from "./telegram.ts";

export type IssuerDeps = MatrixDeps & LinkDeps & GuestAdmissionDeps & TelegramAdmissionDeps;

/** Issuers whose word this service takes. */
export function issuers(deps: IssuerDeps): Admissions {
  const matrix = matrixAdmission(deps);
  const telegram = telegramAdmission(matrix, deps);
  // Links are told to people of both, and speak for whoever they were told to.
  return new Admissions([matrix, linkAdmission(telegram, deps), guestAdmission(deps), telegram]);
}
