import type { LoadedConfig } from "../configuration/load-config.ts";
import type { Finding } from "./finding.ts";
import type { OwnServer } from "./own-server.ts";
import { timeLimit } from "../time/time.ts";

/** The installation that the looks examine. */
export type Patient = LoadedConfig & {
  /** The service itself where it runs, else what stands in for it meanwhile. */
  readonly own: OwnServer;
  /** A room to look into; null: none was named. */
  readonly room: string | null;
};

/** One part of the whole that is looked at. Looks run side by side and know nothing of each other. */
export type DoctorLook = {
  readonly title: string;
  readonly look: (patient: Patient) => Promise<readonly Finding[]>;
};

/** Milliseconds that one answer from outside may take. */
export const ANSWER_WITHIN_MS = 8_000;

/** A request with a time limit. Redirects are not followed: an address in the configuration should be the right one. */
export function ask(url: string | URL, init: RequestInit = {}): Promise<Response> {
  return fetch(url, { redirect: "manual", signal: timeLimit(ANSWER_WITHIN_MS), ...init });
}
