import type Database from "better-sqlite3";
import { assemblyEventWithout, WORDED } from "../assembly/erased-words.ts";
import type { AssemblyEvent } from "../assembly/event.ts";
import type { AssemblyId, ParticipantId, RoomId } from "../protocol/identity.ts";
import { emptyLog } from "../store/database.ts";
import { inEntry, TYPE_OF_ENTRY } from "../store/migrations/entry-values.ts";
import { unitOf } from "../store/unit-of-work.ts";
import { wordKeysOf } from "../store/word-keys.ts";
import { byTurns, eachOf, type Parts, unlessStopped } from "./parts-of-work.ts";
import { JournalUnreadable } from "./stored-entries.ts";
import { ASSEMBLY_EVENTS, type StoredAssemblyEvent, type StoredAssemblyEvents } from "./stored-assembly-events.ts";

type Placed = { readonly seq: number; readonly event: AssemblyEvent };
type Journal = { readonly id: AssemblyId; readonly room: RoomId };

/** Rows looked through in one part; in few of them are there words. */
const PORTION = 200;
const MARKS = WORDED.map(() => "?").join(", ");

/** Words of people in the journals of assemblies: they leave it, and are sealed anew, a few milliseconds at a time. */
export class AssemblyWords {
  readonly #db: Database.Database;
  readonly #stored: StoredAssemblyEvents;

  constructor(db: Database.Database, stored: StoredAssemblyEvents) {
    [this.#db, this.#stored] = [db, stored];
  }

  /** Takes the words of somebody out that they gave before their erasure was written. */
  async erase(id: AssemblyId, who: ParticipantId): Promise<void> {
    const [journal, until] = [this.#journal(id), this.#erasedAt(id, who)];
    if (!journal || until === null) return;
    const placed = (await byTurns(this.#worded(id))).filter(({ seq }) => seq < until);
    const topics = new Set(placed.flatMap(({ event }) => (isTopicOf(event, who) ? [event.text] : [])));
    const clean = (event: AssemblyEvent) => assemblyEventWithout(event, who, topics);
    const changed = placed.filter(({ event }) => JSON.stringify(clean(event)) !== JSON.stringify(event));
    // Goes from the last to the first: themes are found by their topic, also after an end of the process.
    await byTurns(this.#again(journal, changed.toReversed(), clean));
  }

  /** Seals anew, without the keys of somebody that are to be destroyed, events in which others' words stand. */
  async letGo(id: AssemblyId, who: ParticipantId): Promise<void> {
    const journal = this.#journal(id);
    for (const key of journal ? wordKeysOf(this.#db).retiredOf(journal.room, who) : []) {
      const places = new Set(this.#stored.sealed.sealedBy(id, key));
      const again = (await byTurns(this.#worded(id))).filter(({ seq }) => places.has(seq));
      if (journal) await byTurns(this.#again(journal, again));
    }
  }

  /** Seals words of assemblies from before, and goes on after an end of the process where it was. */
  async sealOlder(isStopped: () => boolean = () => false): Promise<void> {
    const next = this.#db.prepare("SELECT assembly FROM unsealed_assemblies LIMIT 1").pluck();
    for (let id = next.get() as AssemblyId | undefined; id && !isStopped(); id = next.get() as AssemblyId | undefined) {
      const journal = this.#journal(id);
      const open = (await byTurns(this.#worded(id))).filter(({ seq }) => !this.#isSealed(seq, journal));
      if (journal && (await byTurns(unlessStopped(this.#again(journal, open), isStopped))) === null) return;
      this.#db.prepare("DELETE FROM unsealed_assemblies WHERE assembly = ?").run(id);
    }
  }

  #isSealed(seq: number, journal: Journal | null): boolean {
    const sql = "SELECT 1 FROM sealed_words WHERE meeting = ? AND seq = ?";
    return this.#db.prepare(sql).get(journal?.id, seq) !== undefined;
  }

  /** Place of the newest erasure of somebody's words; null: there was none. */
  #erasedAt(id: AssemblyId, who: ParticipantId): number | null {
    const sql = `SELECT MAX(seq) FROM assembly_events WHERE assembly = ?
                 AND ${TYPE_OF_ENTRY} = 'words-erased' AND ${inEntry("who")} = ?`;
    return this.#db.prepare(sql).pluck().get(id, who) as number | null;
  }

  #journal(id: AssemblyId): Journal | null {
    const room = this.#db.prepare("SELECT room FROM assemblies WHERE id = ?").pluck().get(id) as RoomId | undefined;
    return room === undefined ? null : { id, room };
  }

  /** Events in which there may be words; those that cannot be read are passed over. */
  *#worded(id: AssemblyId): Parts<Placed[]> {
    const length = this.#db.prepare("SELECT COALESCE(MAX(seq), -1) + 1 FROM assembly_events WHERE assembly = ?");
    const portion = this.#db.prepare(`${ASSEMBLY_EVENTS} WHERE assembly = ? AND seq >= ? AND seq < ?
                                      AND ${TYPE_OF_ENTRY} IN (${MARKS}) ORDER BY seq`);
    const placed: Placed[] = [];
    for (let from = 0, end = length.pluck().get(id) as number; from < end; from += PORTION) {
      for (const row of portion.all(id, from, from + PORTION, ...WORDED) as StoredAssemblyEvent[])
        placed.push(...this.#readable(id, row));
      yield;
    }
    return placed;
  }

  #readable(id: AssemblyId, row: StoredAssemblyEvent): Placed[] {
    try {
      return [{ seq: row.seq, event: this.#stored.read(id, row) }];
    } catch (error) {
      if (error instanceof JournalUnreadable) return [];
      throw error;
    }
  }

  /** Writes events anew as they stand by then: what was erased, or forgotten, meanwhile does not come back. */
  *#again({ id, room }: Journal, placed: readonly Placed[], change = asItStands): Parts<void> {
    const unit = unitOf(this.#db);
    const find = this.#db.prepare(`${ASSEMBLY_EVENTS} WHERE assembly = ? AND seq = ?`);
    const write = ({ seq }: Placed) => {
      const row = find.get(id, seq) as StoredAssemblyEvent | undefined;
      for (const { event } of row ? this.#readable(id, row) : [])
        this.#stored.rewrite({ id, room, seq }, change(event));
    };
    yield* eachOf(placed, (each) => unit.run(() => write(each)), 1);
    // The log beside the database holds what it wrote until then.
    if (placed.length > 0) unit.afterCommit(() => emptyLog(this.#db));
  }
}

function asItStands(event: AssemblyEvent): AssemblyEvent {
  return event;
}

function isTopicOf(
  event: AssemblyEvent,
  who: ParticipantId,
): event is Extract<AssemblyEvent, { type: "topic-proposed" }> {
  return event.type === "topic-proposed" && event.by === who;
}
