import type Database from "better-sqlite3";
import { AssemblyEvent } from "../assembly/event.ts";
import type { AssemblyId, RoomId } from "../protocol/identity.ts";
import { EventVersions } from "./event-versions.ts";
import { SealedWords } from "./sealing/sealed-words.ts";
import { wordsOfAssembly } from "./sealing/words-of-assembly.ts";
import { isObject, JournalUnreadable, parseJson } from "./stored-entries.ts";
import { listenerLeft1 } from "./upcast/listener-left-1.ts";
import { phaseStarted1 } from "./upcast/phase-started-1.ts";
import type { Upcaster } from "./upcast/upcaster.ts";

/** Steps by which older events of assemblies become today's; see `journal/upcast`. */
const ASSEMBLY_UPCASTERS: readonly Upcaster<"assembly", AssemblyEvent["type"]>[] = [phaseStarted1, listenerLeft1];

/** A row of an assembly's journal. `words`: hash of its sealed words; null: there are none, or they are in the body. */
export type StoredAssemblyEvent = {
  readonly seq: number;
  readonly v: number;
  readonly body: string;
  readonly words: string | null;
};
export type AssemblyPlaceInJournal = { readonly id: AssemblyId; readonly room: RoomId; readonly seq: number };

/** Rows as `StoredAssemblyEvent` has them. */
export const ASSEMBLY_EVENTS = "SELECT seq, v, body, words FROM assembly_events";

/** Between rows and events of assemblies, whose words are sealed as those of meetings are. */
export class StoredAssemblyEvents {
  readonly #db: Database.Database;
  readonly #versions = new EventVersions(ASSEMBLY_UPCASTERS);
  readonly sealed: SealedWords;

  constructor(db: Database.Database) {
    [this.#db, this.sealed] = [db, new SealedWords(db)];
  }

  /** Writes an event at the end of its journal, within the open unit. */
  add(place: AssemblyPlaceInJournal, event: AssemblyEvent): void {
    const { v, body, words } = this.#written(place, event);
    this.#db
      .prepare("INSERT INTO assembly_events (assembly, seq, v, body, words) VALUES (?, ?, ?, ?, ?)")
      .run(place.id, place.seq, v, body, words);
  }

  /** Writes an event anew in its place, within the open unit. */
  rewrite(place: AssemblyPlaceInJournal, event: AssemblyEvent): void {
    const { id, seq } = place;
    this.#db.prepare("DELETE FROM sealed_words WHERE meeting = ? AND seq = ?").run(id, seq);
    const { v, body, words } = this.#written(place, event);
    this.#db
      .prepare("UPDATE assembly_events SET v = ?, body = ?, words = ? WHERE assembly = ? AND seq = ?")
      .run(v, body, words, id, seq);
  }

  #written({ id: meeting, room, seq }: AssemblyPlaceInJournal, said: AssemblyEvent) {
    const { event, hash } = this.sealed.put({ meeting, room, seq }, said, wordsOfAssembly(said));
    return { v: this.#versions.presentOf("assembly", event.type), body: JSON.stringify(event), words: hash };
  }

  /** Throws `JournalUnreadable`. */
  read(id: AssemblyId, { seq, v, body, words }: StoredAssemblyEvent): AssemblyEvent {
    const stored = parseJson(body);
    const said = isObject(stored) && words !== null ? this.sealed.open(id, seq, words, stored) : stored;
    const parsed = AssemblyEvent.safeParse(isObject(said) ? this.#versions.upcast("assembly", v, said) : said);
    if (!parsed.success)
      throw new JournalUnreadable(`assembly ${id}, entry ${seq} (version ${v}): ${parsed.error.message}`);
    return parsed.data;
  }
}
