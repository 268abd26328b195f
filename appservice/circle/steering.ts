import type { PersonCommand } from "./command.ts";
import type { Meeting } from "./meeting.ts";

export function running(meeting: Meeting): boolean {
  return meeting.phase === "circle" || meeting.phase === "between";
}

export function maySteer(meeting: Meeting, { by, moderator }: Pick<PersonCommand, "by" | "moderator">): boolean {
  return moderator || meeting.keeper === by;
}
