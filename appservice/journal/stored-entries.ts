import { CircleEvent } from "../circle/event.ts";
import type { Actor } from "../protocol/actor.ts";
import type { MeetingId } from "../protocol/identity.ts";
import { EventVersions } from "./event-versions.ts";
import type { JournalEntry } from "./entry.ts";
import { RecordEvent } from "../record/event.ts";
import type { StoredEvent, Upcaster } from "./upcast/upcaster.ts";
import { ServiceError } from "../protocol/mindminder-error.ts";

/** A row of the journal. `v`: version of the event's type in which it was written. */
export type StoredEntry = {
  readonly seq: number;
  readonly kind: JournalEntry["kind"];
  readonly v: number;
  readonly body: string;
};

/** Rows as `StoredEntry` has them. */
export const ENTRIES = "SELECT seq, kind, v, body FROM events";

/** The journal of a meeting holds something this version cannot read. */
export class JournalUnreadable extends ServiceError {
  constructor(message: string) {
    super("JOURNAL_UNREADABLE", message);
  }
}

/** Between rows and events: older versions become the present one before today's schema looks at them. */
export class StoredEntries {
  readonly #versions: EventVersions;

  constructor(upcasters: readonly Upcaster[]) {
    this.#versions = new EventVersions(upcasters);
  }

  written({ kind, event, actor }: JournalEntry): Pick<StoredEntry, "kind" | "v" | "body"> & { actor: string | null } {
    return {
      kind,
      v: this.#versions.presentOf(kind, event.type),
      body: JSON.stringify(event),
      actor: actor ? JSON.stringify(journalled(actor)) : null,
    };
  }

  /** Throws `JournalUnreadable`. */
  read(meeting: MeetingId, { seq, kind, v, body }: StoredEntry): JournalEntry {
    const stored = parseJson(body);
    const event = isObject(stored) ? this.#versions.upcast(kind, v, stored) : stored;
    const where = `meeting ${meeting}, entry ${seq}`;
    if (event === null)
      throw new JournalUnreadable(`${where}: was written by a newer Mindminder (version ${v}). Run the newer one.`);
    const parsed = kind === "circle" ? CircleEvent.safeParse(event) : RecordEvent.safeParse(event);
    if (!parsed.success) throw new JournalUnreadable(`${where}: ${parsed.error.message}`);
    return { kind, event: parsed.data } as JournalEntry;
  }

  /** Entries for readers that pass over unreadable ones. */
  readable(meeting: MeetingId, rows: readonly StoredEntry[]): { seq: number; entry: JournalEntry }[] {
    return rows.flatMap((row) => {
      try {
        return [{ seq: row.seq, entry: this.read(meeting, row) }];
      } catch (error) {
        if (error instanceof JournalUnreadable) return [];
        throw error;
      }
    });
  }
}

/** Actor as it is kept: without the name, which a room may forget, and the rights, which were for that moment alone. */
function journalled({ id, issuer, door }: Actor): Pick<Actor, "id" | "issuer" | "door"> {
  return { id, issuer, door };
}

function isObject(value: unknown): value is StoredEvent {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
