import type { ParticipantId } from "../protocol/identity.ts";
import { takingBackAll } from "../record/taking-back-all.ts";
import type { JournalEntry } from "./entry.ts";
import type { LiveMeeting } from "./live-meeting.ts";

/**
 * Entries by which all that somebody gave to a meeting is taken back; `messages`: those in which they typed commands.
 */
export function takingWordsBack(
  live: LiveMeeting,
  messages: readonly string[],
  who: ParticipantId,
  at: number,
): JournalEntry[] {
  return [
    ...messages.flatMap((message) => commandTakenBack(message, who, at)),
    ...takingBackAll(live, who, at).map((event) => ({ kind: "record" as const, event })),
    { kind: "circle", event: { type: "words-erased", at, who } },
    { kind: "record", event: { type: "words-erased", at, who } },
  ];
}

/** Entries by which the words of a command are taken back. */
export function commandTakenBack(message: string, by: ParticipantId, at: number): JournalEntry[] {
  return [
    { kind: "circle", event: { type: "words-taken-back", at, by, message } },
    { kind: "record", event: { type: "command-taken-back", message } },
  ];
}
