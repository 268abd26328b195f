import { CircleEvent } from "../circle/event.ts";
import type { Actor } from "../protocol/actor.ts";
import type Database from "better-sqlite3";
import type { MeetingId, RoomId } from "../protocol/identity.ts";
import { EventVersions } from "./event-versions.ts";
import type { JournalEntry } from "./entry.ts";
import { RecordEvent } from "../record/event.ts";
import { type SealedRows, SealedWords } from "./sealing/sealed-words.ts";
import { wordsOfEntry } from "./sealing/words-of-entry.ts";
import type { StoredEvent, Upcaster } from "./upcast/upcaster.ts";
import { ServiceError } from "../protocol/mindminder-error.ts";
import { mayShadow, mended } from "../protocol/well-formed.ts";

/** A row of the journal. `v`: version of the event's type in which it was written. */
export type StoredEntry = {
  readonly seq: number;
  readonly kind: JournalEntry["kind"];
  readonly v: number;
  /** Event with signs in the place of people's words, where these are sealed. */
  readonly body: string;
  /** Hash of its sealed words; null: there are none, or they stand in the body still. */
  readonly words: string | null;
};

/** Rows as `StoredEntry` has them. */
export const ENTRIES = "SELECT seq, kind, v, body, words FROM events";

/** The journal of a meeting holds something this version cannot read. */
export class JournalUnreadable extends ServiceError {
  constructor(message: string) {
    super("JOURNAL_UNREADABLE", message);
  }
}

/** Between rows and events: older versions become the present one before today's schema looks at them. */
export class StoredEntries {
  readonly #versions: EventVersions;
  readonly #sealed: SealedWords;

  constructor(db: Database.Database, upcasters: readonly Upcaster[]) {
    this.#versions = new EventVersions(upcasters);
    this.#sealed = new SealedWords(db);
  }

  /** Row for an entry, whose words are sealed within the open unit. */
  written(
    place: { readonly meeting: MeetingId; readonly room: RoomId; readonly seq: number },
    entry: JournalEntry,
  ): Omit<StoredEntry, "seq"> & { actor: string | null } {
    const { kind, actor } = entry;
    const { event, hash } = this.#sealed.put(place, entry.event, wordsOfEntry(entry));
    return {
      kind,
      v: this.#versions.presentOf(kind, event.type),
      body: JSON.stringify(event),
      words: hash,
      actor: actor ? JSON.stringify(journalled(actor)) : null,
    };
  }

  /** Entries that follow one another. Throws `JournalUnreadable`. */
  readAll(meeting: MeetingId, rows: readonly StoredEntry[]): JournalEntry[] {
    const sealed = this.#sealedOf(meeting, rows);
    return rows.map((row) => this.read(meeting, row, sealed));
  }

  /** Throws `JournalUnreadable`. */
  read(meeting: MeetingId, { seq, kind, v, body, words }: StoredEntry, sealed?: SealedRows): JournalEntry {
    const stored = parseJson(body);
    const said = isObject(stored) && words !== null ? this.#sealed.open(meeting, seq, words, stored, sealed) : stored;
    const event = isObject(said) ? this.#versions.upcast(kind, v, said) : said;
    const where = `meeting ${meeting}, entry ${seq}`;
    if (event === null)
      throw new JournalUnreadable(`${where}: was written by a newer Mindminder (version ${v}). Run the newer one.`);
    const parsed = kind === "circle" ? CircleEvent.safeParse(event) : RecordEvent.safeParse(event);
    if (!parsed.success) throw new JournalUnreadable(`${where}: ${parsed.error.message}`);
    return { kind, event: parsed.data } as JournalEntry;
  }

  /** Entries for readers that pass over unreadable ones. */
  readable(meeting: MeetingId, rows: readonly StoredEntry[]): { seq: number; entry: JournalEntry }[] {
    const sealed = this.#sealedOf(meeting, rows);
    return rows.flatMap((row) => {
      try {
        return [{ seq: row.seq, entry: this.read(meeting, row, sealed) }];
      } catch (error) {
        if (error instanceof JournalUnreadable) return [];
        throw error;
      }
    });
  }

  /** Read at once where they lie close together. */
  #sealedOf(meeting: MeetingId, rows: readonly StoredEntry[]): SealedRows | undefined {
    const [first, last] = [rows[0]?.seq ?? 0, rows.at(-1)?.seq ?? 0];
    return last - first <= rows.length * FAR ? this.#sealed.between(meeting, first, last) : undefined;
  }
}

/** Entries that lie so far apart are read one by one. */
const FAR = 3;

/** Actor as it is kept: without the name, which a room may forget, and the rights, which were for that moment alone. */
function journalled({ id, issuer, door }: Actor): Pick<Actor, "id" | "issuer" | "door"> {
  return { id, issuer, door };
}

export function isObject(value: unknown): value is StoredEvent {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function parseJson(text: string): unknown {
  try {
    const read: unknown = JSON.parse(text);
    return mayShadow(text) ? mended(read) : read;
  } catch {
    return undefined;
  }
}
