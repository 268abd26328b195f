import type { Refusal } from "../protocol/refusal.ts";
import type { PersonCommand } from "./command.ts";
import { type Meeting, takesPart } from "./meeting.ts";

export function running(meeting: Meeting): boolean {
  return meeting.phase === "circle" || meeting.phase === "between";
}

/** Before the start nobody keeps the meeting: as anybody may start it, anybody who takes part may arrange who sits where. */
export function mayArrange(meeting: Meeting, command: Pick<PersonCommand, "by" | "moderator">): boolean {
  const unkept = meeting.phase === "gathering" && meeting.keeper === null;
  return maySteer(meeting, command) || (unkept && takesPart(meeting, command.by));
}

/** In a meeting the server holds the microphones anyway; before and after it the keeper may close them once. */
export function whyNotMuteAll(meeting: Meeting | null, who: Pick<PersonCommand, "by" | "moderator">): Refusal | null {
  if (meeting && running(meeting)) return { code: "meeting-running", detail: {} };
  const keeps = who.moderator || meeting?.keeper === who.by;
  return keeps ? null : { code: "not-keeper", detail: {} };
}

export function maySteer(meeting: Meeting, { by, moderator }: Pick<PersonCommand, "by" | "moderator">): boolean {
  return moderator || meeting.keeper === by;
}
