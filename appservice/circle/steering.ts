import { may, type Right, type RightsHolder, type RightsSubject } from "../protocol/rights.ts";
import type { Refusal } from "../protocol/refusal.ts";
import type { PersonCommand } from "./command.ts";
import { isRunning, type Meeting } from "./meeting.ts";

/**
 * Reason against closing all microphones. In a meeting the server holds them anyway; before and after it the keeper may
 * close them once.
 */
export function whyNotMuteAll(meeting: Meeting | null, who: RightsHolder): Refusal | null {
  if (meeting && isRunning(meeting)) return { code: "meeting-running", detail: {} };
  return may("mute-all", who, meeting) ? null : { code: "not-keeper", detail: {} };
}

/** Tells whether the person of a command may do this in the meeting. */
export function allowed(
  right: Right,
  meeting: Meeting,
  { actor }: Pick<PersonCommand, "actor">,
  about?: RightsSubject,
): boolean {
  return may(right, actor, meeting, about);
}
