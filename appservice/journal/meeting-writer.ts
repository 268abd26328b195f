import { type CirclePlace, roomAt } from "../protocol/place.ts";
import type { MeetingId } from "../protocol/identity.ts";
import type { Announcer } from "./announcer.ts";
import type { Deadlines } from "./deadlines.ts";
import type { JournalEntry } from "./entry.ts";
import type { Journal } from "./journal.ts";
import { meetingAfter } from "./live-meeting.ts";
import type { MeetingsAtHand } from "./meetings-at-hand.ts";
import type { WordsLeaving } from "./words-leaving.ts";

type MeetingWriterDeps = {
  readonly journal: Journal;
  readonly now: () => number;
  readonly atHand: MeetingsAtHand;
  readonly deadlines: Deadlines;
  readonly announcer: Announcer;
  readonly leaving: Pick<WordsLeaving, "ask">;
};

/**
 * Writes what happened in a meeting, holds the meeting as it is then, and tells of it after the commit. Nothing is
 * written of a room that another service has.
 */
export class MeetingWriter {
  readonly #deps: MeetingWriterDeps;

  constructor(deps: MeetingWriterDeps) {
    this.#deps = deps;
  }

  append(id: MeetingId, place: CirclePlace, entries: readonly JournalEntry[]): void {
    const { journal, atHand, deadlines } = this.#deps;
    if (atHand.isAway(roomAt(place))) return;
    if (entries.length > 0) return journal.unit.run(() => this.#write(id, place, entries));
    journal.unit.afterCommit(() => {
      const live = atHand.get(id);
      if (live) deadlines.arm(live.meeting);
    });
  }

  #write(id: MeetingId, place: CirclePlace, entries: readonly JournalEntry[]): void {
    const { journal, now, atHand, announcer, leaving } = this.#deps;
    const before = atHand.get(id);
    journal.append(id, place, before?.seq ?? 0, entries, now());
    const held = meetingAfter(before, entries, place);
    atHand.hold(place, held);
    if (held.record.tookBack && entries.some(isOfWords)) leaving.ask(id);
    announcer.afterCommit(id, entries);
  }
}

/** Tells whether, after it, words of before it may have to go out of the journal. */
function isOfWords({ event: { type } }: JournalEntry): boolean {
  return [
    "comment-removed",
    "comment-edit-removed",
    "taken-back",
    "command-taken-back",
    "words-erased",
    "minutes-made",
    "graph-drawn",
  ].includes(type);
}
