import type Database from "better-sqlite3";
import type { CircleEvent } from "../circle/event.ts";
import { eventWithout, eventWithoutWordsOf, wordsIn, wordsOfIn } from "../circle/words-taken-back.ts";
import type { MeetingId, ParticipantId } from "../protocol/identity.ts";
import type { RecordEvent } from "../record/event.ts";
import { emptySourceless, undoWording } from "../record/undo-wording.ts";
import { emptyLog } from "../store/database.ts";
import { TYPE_OF_ENTRY, TYPED_COMMAND } from "../store/migrations.ts";
import { unitOf } from "../store/unit-of-work.ts";
import type { JournalEntry } from "./entry.ts";
import { rewrite } from "./sealing/rewrite.ts";
import { scrub } from "./scrub.ts";
import { ENTRIES, type StoredEntries, type StoredEntry } from "./stored-entries.ts";

/** Events that hold words typed or said, or results made of them. */
const OF_WORDS = [
  "comment-made",
  "comment-edited",
  "comment-edit-removed",
  "comment-removed",
  "utterance-heard",
  "taken-back",
  "command-taken-back",
  "words-erased",
  "corrected",
  "minutes-made",
  "minutes-failed",
  "graph-drawn",
];

/** Words that were taken back go out of the journal, the one change to what is written there. */
export class WordsInJournal {
  readonly #db: Database.Database;
  readonly #stored: StoredEntries;

  constructor(db: Database.Database, stored: StoredEntries) {
    this.#db = db;
    this.#stored = stored;
  }

  /** Takes the words out of a meeting's entries that were taken back; see `scrub`. True where there were any. */
  takeOut(meeting: MeetingId): boolean {
    const kinds = OF_WORDS.map(() => "?").join(", ");
    const rows = this.#db
      .prepare(
        `${ENTRIES} INDEXED BY events_by_type WHERE meeting = ? AND kind = 'record' AND ${TYPE_OF_ENTRY} IN (${kinds}) ORDER BY seq`,
      )
      .all(meeting, ...OF_WORDS);
    const entries = this.#stored
      .readable(meeting, rows as StoredEntry[])
      .flatMap(({ seq, entry }) => (entry.kind === "record" ? [{ seq, event: entry.event }] : []));
    const changed: { readonly seq: number; readonly entry: JournalEntry }[] = [
      ...scrub(entries).map(({ seq, event }) => ({ seq, entry: { kind: "record" as const, event } })),
      ...entries.flatMap(({ event }) =>
        event.type === "command-taken-back"
          ? this.#ofCommand(meeting, event.message)
              .filter(isChanged)
              .map((of) => ({ seq: of.seq, entry: { kind: "circle" as const, event: of.event } }))
          : [],
      ),
    ];
    this.#write(meeting, changed);
    return changed.length > 0;
  }

  /**
   * Takes out whatever somebody gave to a meeting besides what they said and typed: reasons, texts, themes, and how they
   * put results into other words.
   */
  erase(meeting: MeetingId, who: ParticipantId): void {
    this.#write(meeting, [
      ...this.#givenBy(meeting, who).map(({ seq, after }) => ({
        seq,
        entry: { kind: "circle" as const, event: after },
      })),
      ...this.#wordedBy(meeting, who).map(({ seq, event }) => ({ seq, entry: { kind: "record" as const, event } })),
    ]);
  }

  /** Words that somebody gave in the circle and that are left, and the messages in which they typed them. */
  givenBy(meeting: MeetingId, who: ParticipantId): { readonly words: string[]; readonly messages: string[] } {
    const given = this.#givenBy(meeting, who);
    const typed = given.flatMap(({ before }) => ("message" in before ? (before.message ?? []) : []));
    return { words: given.flatMap(({ before }) => wordsOfIn(before, who)), messages: [...new Set(typed)] };
  }

  /** Tells whether a result is left in the words of somebody. */
  hasWordingOf(meeting: MeetingId, who: ParticipantId): boolean {
    return undoWording(this.#record(meeting), who).length > 0;
  }

  #givenBy(
    meeting: MeetingId,
    who: ParticipantId,
  ): { readonly seq: number; readonly before: CircleEvent; readonly after: CircleEvent }[] {
    return this.#all(meeting, "circle").flatMap(({ seq, entry }) => {
      if (entry.kind !== "circle") return [];
      const after = eventWithoutWordsOf(entry.event, who);
      if (after === entry.event) return [];
      return isChanged({ before: entry.event, event: after }) ? [{ seq, before: entry.event, after }] : [];
    });
  }

  #wordedBy(meeting: MeetingId, who: ParticipantId): { readonly seq: number; readonly event: RecordEvent }[] {
    const record = this.#record(meeting);
    return [...undoWording(record, who), ...emptySourceless(record)];
  }

  #record(meeting: MeetingId): { readonly seq: number; readonly event: RecordEvent }[] {
    return this.#all(meeting, "record").flatMap(({ seq, entry }) =>
      entry.kind === "record" ? [{ seq, event: entry.event }] : [],
    );
  }

  #all(meeting: MeetingId, kind: JournalEntry["kind"]): { readonly seq: number; readonly entry: JournalEntry }[] {
    const rows = this.#db.prepare(`${ENTRIES} WHERE meeting = ? AND kind = ? ORDER BY seq`).all(meeting, kind);
    return this.#stored.readable(meeting, rows as StoredEntry[]);
  }

  #write(meeting: MeetingId, changed: readonly { readonly seq: number; readonly entry: JournalEntry }[]): void {
    const unit = unitOf(this.#db);
    unit.run(() => {
      for (const { seq, entry } of changed) rewrite(this.#db, this.#stored, { meeting, seq }, entry);
    });
    // The log beside the database holds what it wrote until then.
    if (changed.length > 0) unit.afterCommit(() => emptyLog(this.#db));
  }

  /** Words of a command that are left. */
  ofCommand(meeting: MeetingId, message: string): string[] {
    return this.#ofCommand(meeting, message).flatMap(({ before }) => wordsIn(before));
  }

  #ofCommand(
    meeting: MeetingId,
    message: string,
  ): { readonly seq: number; readonly before: CircleEvent; readonly event: CircleEvent }[] {
    const rows = this.#db
      .prepare(`${ENTRIES} WHERE ${TYPED_COMMAND} = ? AND meeting = ? AND kind = 'circle' ORDER BY seq`)
      .all(message, meeting);
    return this.#stored
      .readable(meeting, rows as StoredEntry[])
      .flatMap(({ seq, entry }) =>
        entry.kind === "circle" ? [{ seq, before: entry.event, event: eventWithout(entry.event, message) }] : [],
      );
  }
}

function isChanged({ before, event }: { readonly before: CircleEvent; readonly event: CircleEvent }): boolean {
  return JSON.stringify(before) !== JSON.stringify(event);
}
