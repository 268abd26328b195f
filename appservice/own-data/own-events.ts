import type { AssemblyEvent } from "../assembly/event.ts";
import type { JournalEntry } from "../journal/entry.ts";
import type { ParticipantId } from "../protocol/identity.ts";

/** Places of an event in which it names those whom it is about. */
const WHOSE = ["who", "by", "speaker", "to"] as const;

/** Events of a meeting that are somebody's: done, said or typed by them, or about them. */
export function ownEvents(entries: readonly JournalEntry[], who: ParticipantId): JournalEntry["event"][] {
  return entries.flatMap(({ event }) => (isOwn(event, who) ? [event] : []));
}

/** The same of an assembly; where others sat is theirs. */
export function ownAssemblyEvents(events: readonly AssemblyEvent[], who: ParticipantId): AssemblyEvent[] {
  return events.filter((event) => isNamed(event, who));
}

function isOwn(event: JournalEntry["event"], who: ParticipantId): boolean {
  switch (event.type) {
    case "utterance-heard":
      return event.utterance.speaker === who;
    case "comment-made":
      return event.comment.who === who;
    case "minutes-made":
      return "participant" in event.entry.about && event.entry.about.participant === who;
    default:
      return isNamed(event, who);
  }
}

function isNamed(event: Readonly<Record<string, unknown>>, who: ParticipantId): boolean {
  return WHOSE.some((key) => event[key] === who);
}
