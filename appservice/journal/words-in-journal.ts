import type Database from "better-sqlite3";
import type { CircleEvent } from "../circle/event.ts";
import { eventWithout, eventWithoutWordsOf, wordsIn, wordsOfIn, writersIn } from "../circle/words-taken-back.ts";
import type { MeetingId, ParticipantId } from "../protocol/identity.ts";
import { emptyLog } from "../store/database.ts";
import { TYPE_OF_ENTRY, TYPED_COMMAND } from "../store/migrations/entry-values.ts";
import { OF_ERASURE } from "../store/of-record.ts";
import { unitOf } from "../store/unit-of-work.ts";
import type { JournalEntry } from "./entry.ts";
import { rewrite } from "./sealing/rewrite.ts";
import { eachOf, type Parts } from "./parts-of-work.ts";
import { scrub } from "./scrub.ts";
import { ENTRIES, type StoredEntries, type StoredEntry } from "./stored-entries.ts";
import { emptySourceless, undoWording } from "./undo-wording.ts";

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

/** So few entries are looked through within one unit. */
const FEW = 60;
/** Entries that are read in one part. */
const PORTION = 20;

type Of<K extends JournalEntry["kind"]> = {
  readonly seq: number;
  readonly event: Extract<JournalEntry, { kind: K }>["event"];
};
type Placed = { readonly seq: number; readonly entry: JournalEntry };

/**
 * Words that were taken back go out of the journal, the one change to what is written there. A long meeting is gone
 * through in parts: an entry is written anew whole or not at all, and at each moment the meeting reads as the same.
 */
export class WordsInJournal {
  readonly #db: Database.Database;
  readonly #stored: StoredEntries;

  constructor(db: Database.Database, stored: StoredEntries) {
    this.#db = db;
    this.#stored = stored;
  }

  /** Tells whether a meeting holds so few words that looking through all of them holds nobody up. */
  areFew(meeting: MeetingId): boolean {
    return this.#placesOf(meeting, "record", OF_WORDS).length <= FEW;
  }

  /** Takes the words out of a meeting's entries that were taken back; see `scrub`. True where there were any. */
  *takeOut(meeting: MeetingId): Parts<boolean> {
    const entries = yield* this.#record(meeting, OF_WORDS);
    const scrubbed = yield* scrub(entries);
    const ofCommands = entries.flatMap(({ event }) =>
      event.type === "command-taken-back" ? this.#ofCommand(meeting, event.message).filter(isChanged) : [],
    );
    // By these words an erasure that has not come to the meeting finds what the room holds of them.
    const awaited = new Set(this.#askedErasures(meeting).map(({ who }) => who));
    const free = ofCommands.filter(({ before }) => !writersIn(before).some((who) => awaited.has(who)));
    return yield* this.#write(meeting, [
      ...scrubbed.map(({ seq, event }) => ({ seq, entry: { kind: "record" as const, event } })),
      ...free.map(({ seq, event }) => ({ seq, entry: { kind: "circle" as const, event } })),
    ]);
  }

  /**
   * Takes out whatever somebody gave to a meeting besides what they said and typed: reasons, texts, themes, and how
   * they put results into other words.
   */
  *erase(meeting: MeetingId, who: ParticipantId): Parts<boolean> {
    const given = yield* this.#givenBy(meeting, who);
    const record = yield* this.#record(meeting);
    const worded = [...(yield* undoWording(record, who)), ...(yield* emptySourceless(record))];
    return yield* this.#write(meeting, [
      ...given.map(({ seq, after }) => ({ seq, entry: { kind: "circle" as const, event: after } })),
      ...worded.map(({ seq, event }) => ({ seq, entry: { kind: "record" as const, event } })),
    ]);
  }

  /** Words that somebody gave in the circle and that are left, and the messages in which they typed them. */
  *givenBy(
    meeting: MeetingId,
    who: ParticipantId,
  ): Parts<{ readonly words: readonly string[]; readonly messages: readonly string[] }> {
    const given = yield* this.#givenBy(meeting, who);
    const typed = given.flatMap(({ before }) => ("message" in before && before.message) || []);
    return { words: given.flatMap(({ before }) => wordsOfIn(before, who)), messages: [...new Set(typed)] };
  }

  /** Tells whether a result is left in the words of somebody. */
  *hasWordingOf(meeting: MeetingId, who: ParticipantId): Parts<boolean> {
    return (yield* undoWording(yield* this.#record(meeting), who)).length > 0;
  }

  /** People whose words in a meeting are to be erased and are not taken back yet. */
  awaitingErasure(meeting: MeetingId): ParticipantId[] {
    const asked = this.#askedErasures(meeting);
    return asked.flatMap(({ who, at }) => (this.isTakenBack(meeting, who, at) ? [] : [who]));
  }

  #askedErasures(meeting: MeetingId): { readonly who: ParticipantId; readonly at: number }[] {
    const sql = `SELECT who, at FROM erasures JOIN meetings USING (room)
                 WHERE id = ? AND done_at IS NULL AND ${OF_ERASURE}`;
    return this.#db.prepare(sql).all(meeting) as { who: ParticipantId; at: number }[];
  }

  /** Tells whether all that somebody gave to a meeting was taken back at a moment or later. */
  isTakenBack(meeting: MeetingId, who: ParticipantId, since: number): boolean {
    const sql = `SELECT 1 FROM events INDEXED BY events_by_type WHERE meeting = ? AND kind = 'record'
                 AND ${TYPE_OF_ENTRY} = 'words-erased' AND json_extract(body, '$.who') = ? AND json_extract(body, '$.at') >= ?`;
    return this.#db.prepare(sql).get(meeting, who, since) !== undefined;
  }

  *#givenBy(
    meeting: MeetingId,
    who: ParticipantId,
  ): Parts<{ readonly seq: number; readonly before: CircleEvent; readonly after: CircleEvent }[]> {
    return (yield* this.#circle(meeting)).flatMap(({ seq, event }) => {
      const after = eventWithoutWordsOf(event, who);
      return after !== event && isChanged({ before: event, event: after }) ? [{ seq, before: event, after }] : [];
    });
  }

  *#circle(meeting: MeetingId): Parts<Of<"circle">[]> {
    const read = yield* this.#read(meeting, this.#placesOf(meeting, "circle"));
    return read.flatMap(({ seq, entry }) => (entry.kind === "circle" ? [{ seq, event: entry.event }] : []));
  }

  /** Entries of the record; `types`: of these alone. */
  *#record(meeting: MeetingId, types?: readonly string[]): Parts<Of<"record">[]> {
    const read = yield* this.#read(meeting, this.#placesOf(meeting, "record", types));
    return read.flatMap(({ seq, entry }) => (entry.kind === "record" ? [{ seq, event: entry.event }] : []));
  }

  /** Places of a meeting's entries of a kind; `types`: of these alone. */
  #placesOf(meeting: MeetingId, kind: JournalEntry["kind"], types?: readonly string[]): number[] {
    const [given, ofTypes] = [types ?? [], types ? `AND ${TYPE_OF_ENTRY} IN (${types.map(() => "?").join(", ")})` : ""];
    const sql = `SELECT seq FROM events INDEXED BY events_by_type WHERE meeting = ? AND kind = ? ${ofTypes}`;
    const places = this.#db
      .prepare(sql)
      .pluck()
      .all(meeting, kind, ...given) as number[];
    return places.sort((one, other) => one - other);
  }

  /** Entries at places; those that cannot be read are passed over. */
  *#read(meeting: MeetingId, places: readonly number[]): Parts<Placed[]> {
    const read: Placed[] = [];
    for (let from = 0; from < places.length; from += PORTION) {
      const some = places.slice(from, from + PORTION);
      const sql = `${ENTRIES} WHERE meeting = ? AND seq IN (${some.map(() => "?").join(", ")}) ORDER BY seq`;
      read.push(...this.#stored.readable(meeting, this.#db.prepare(sql).all(meeting, ...some) as StoredEntry[]));
      yield;
    }
    return read;
  }

  *#write(meeting: MeetingId, changed: readonly Placed[]): Parts<boolean> {
    const unit = unitOf(this.#db);
    yield* eachOf(
      changed,
      ({ seq, entry }) => unit.run(() => rewrite(this.#db, this.#stored, { meeting, seq }, entry)),
      1,
    );
    // The log beside the database holds what it wrote until then.
    if (changed.length > 0) unit.afterCommit(() => emptyLog(this.#db));
    return changed.length > 0;
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
