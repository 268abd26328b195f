import { timeLimit } from "../time/time.ts";

/** Milliseconds that one answer from outside may take. */
export const ANSWER_WITHIN_MS = 8_000;

/** A request with a time limit. Redirects are not followed: an address in the configuration should be the right one. */
export function ask(url: string | URL, init: RequestInit = {}): Promise<Response> {
  return fetch(url, { redirect: "manual", signal: timeLimit(ANSWER_WITHIN_MS), ...init });
}
