import { Admissions } from "./admission.ts";
import { linkAdmission } from "./link.ts";
import { type MatrixDeps, matrixAdmission } from "./matrix.ts";

/** All issuers whose word this service takes. */
export function issuers(deps: MatrixDeps): Admissions {
  const matrix = matrixAdmission(deps);
  return new Admissions([matrix, linkAdmission(matrix)]);
}
