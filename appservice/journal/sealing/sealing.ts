import type Database from "better-sqlite3";
import type { MeetingId, ParticipantId, RoomId } from "../../protocol/identity.ts";
import { emptyLog } from "../../store/database.ts";
import { type MeetingTexts, meetingTextsIn } from "../../store/meeting-texts.ts";
import { unitOf } from "../../store/unit-of-work.ts";
import { type KeyName, wordKeysOf } from "../../store/word-keys.ts";
import { monotonic, nextTurn } from "../../time/time.ts";
import { ENTRIES, JournalUnreadable, type StoredEntries, type StoredEntry } from "../stored-entries.ts";
import { rewrite } from "./rewrite.ts";
import { SealedPosts } from "./sealed-posts.ts";
import { SealedWords } from "./sealed-words.ts";
import { wordsOfEntry } from "./words-of-entry.ts";

/** Others wait no longer than this for a part of it. */
const TURN_MS = 5;
/** Rows looked at before anybody else has their turn; most hold no words. */
const PORTION = 100;

type Unsealed = { readonly meeting: MeetingId; readonly seq: number };

/**
 * Keys by which words in the journal are sealed: their end, and the sealing of what was written before there were any.
 */
export class Sealing {
  readonly #db: Database.Database;
  readonly #stored: StoredEntries;
  readonly #sealed: SealedWords;
  readonly #posts: SealedPosts;
  readonly #texts: readonly MeetingTexts[];

  constructor(db: Database.Database, stored: StoredEntries) {
    [this.#db, this.#stored, this.#sealed, this.#posts] = [db, stored, new SealedWords(db), new SealedPosts(db)];
    this.#texts = meetingTextsIn(db);
  }

  /** Key by which words and sound of somebody in a room are sealed now. */
  presentKey(room: RoomId, who: ParticipantId): KeyName {
    return wordKeysOf(this.#db).presentOf(room, who);
  }

  /** Begins an erasure: later words of somebody in the room take another key than those until `at`. */
  retire(room: RoomId, who: ParticipantId, at: number): void {
    wordKeysOf(this.#db).retire(room, who, at);
  }

  /**
   * Seals anew, without the keys of somebody that are to be destroyed, entries of a meeting that others' words stand
   * in, and whatever an erasure leaves.
   */
  async letGo(meeting: MeetingId, room: RoomId, who: ParticipantId): Promise<void> {
    for (const key of wordKeysOf(this.#db).retiredOf(room, who)) {
      const places = this.#sealed.sealedBy(meeting, key);
      await nextTurn();
      await this.#inTurns(places, (seq) => this.#again(meeting, seq));
    }
  }

  /** The same of the bot's messages in a room, and of what waits to be sent outside. */
  async letGoPosts(room: RoomId, who: ParticipantId): Promise<void> {
    await this.#inTurns(this.#posts.sealedBy(room, who), (name) => this.#posts.again(name));
    for (const texts of this.#texts) await this.#inTurns(texts.sealedBy(room, who), (row) => texts.again(row));
  }

  /** Keys of somebody that were retired and are to be destroyed. */
  retiredKeys(room: RoomId, who: ParticipantId): KeyName[] {
    return wordKeysOf(this.#db).retiredOf(room, who);
  }

  /**
   * Destroys the keys of somebody that were retired: what is sealed by them is nobody's to read any more, in any copy.
   */
  destroy(room: RoomId, who: ParticipantId): void {
    const keys = wordKeysOf(this.#db);
    keys.destroy(keys.retiredOf(room, who));
  }

  /** Number of keys that are lost: neither there nor destroyed. */
  lostKeys(): number {
    const keys = wordKeysOf(this.#db);
    const names = this.#db.prepare("SELECT DISTINCT keys FROM sealed_words").pluck().all() as string[];
    const ids = new Set(names.flatMap((name) => name.split(" ")));
    return [...ids].filter((id) => keys.find(id) === null && !keys.isDestroyed(id)).length;
  }

  /** Seals words of meetings from before, bit by bit, and goes on after an end of the process where it was. */
  async sealOlder(isStopped: () => boolean = () => false): Promise<void> {
    const next = () =>
      this.#db.prepare("SELECT meeting, seq FROM unsealed ORDER BY meeting LIMIT 1").get() as Unsealed | undefined;
    if (next() === undefined && ![this.#posts, ...this.#texts].some((each) => each.older(1).length > 0)) return;
    for (let at = next(); at && !isStopped(); at = next()) {
      this.#sealPortion(at);
      await nextTurn();
    }
    // After the entries: by these it is known whose words they are.
    for (let some = this.#posts.older(PORTION); some.length > 0 && !isStopped(); some = this.#posts.older(PORTION))
      await this.#inTurns(some, (name) => this.#posts.again(name));
    for (const texts of this.#texts)
      for (let some = texts.older(PORTION); some.length > 0 && !isStopped(); some = texts.older(PORTION))
        await this.#inTurns(some, (row) => texts.again(row));
    // Words that were said stand in the log beside the database until then.
    emptyLog(this.#db);
  }

  /** Whole or not at all: an entry is as it was, or sealed. */
  #sealPortion({ meeting, seq }: Unsealed): void {
    const until = monotonic() + TURN_MS;
    unitOf(this.#db).run(() => {
      const rows = this.#db
        .prepare(`${ENTRIES} WHERE meeting = ? AND seq >= ? ORDER BY seq LIMIT ${PORTION}`)
        .all(meeting, seq) as StoredEntry[];
      let next = seq;
      for (const row of rows) {
        if (row.words === null) this.#again(meeting, row.seq);
        next = row.seq + 1;
        if (monotonic() >= until) break;
      }
      if (rows.length > 0) this.#db.prepare("UPDATE unsealed SET seq = ? WHERE meeting = ?").run(next, meeting);
      else this.#db.prepare("DELETE FROM unsealed WHERE meeting = ?").run(meeting);
    });
  }

  /** An entry that cannot be read stays as it is. */
  #again(meeting: MeetingId, seq: number): void {
    const row = this.#db.prepare(`${ENTRIES} WHERE meeting = ? AND seq = ?`).get(meeting, seq) as StoredEntry;
    try {
      const entry = this.#stored.read(meeting, row);
      if (wordsOfEntry(entry).length > 0) rewrite(this.#db, this.#stored, { meeting, seq }, entry);
    } catch (error) {
      if (!(error instanceof JournalUnreadable)) throw error;
    }
  }

  async #inTurns<T>(all: readonly T[], work: (each: T) => void): Promise<void> {
    let until = monotonic() + TURN_MS;
    for (const each of all) {
      unitOf(this.#db).run(() => work(each));
      if (monotonic() < until) continue;
      await nextTurn();
      until = monotonic() + TURN_MS;
    }
  }
}
