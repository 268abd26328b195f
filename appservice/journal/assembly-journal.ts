import type Database from "better-sqlite3";
import { AssemblyEvent } from "../assembly/event.ts";
import type { AssemblyId, RoomId } from "../protocol/identity.ts";
import { unitOf } from "../store/unit-of-work.ts";
import { EventVersions } from "./event-versions.ts";
import { JournalUnreadable } from "./stored-entries.ts";
import type { StoredEvent, Upcaster } from "./upcast/upcaster.ts";

/** Steps by which older events of assemblies become today's; see `journal/upcast`. */
const ASSEMBLY_UPCASTERS: readonly Upcaster<"assembly", AssemblyEvent["type"]>[] = [];

type Row = { readonly seq: number; readonly v: number; readonly body: string };

/** Journal of assemblies, each a stream beside those of its rings' meetings. Append-only. */
export class AssemblyJournal {
  readonly #db: Database.Database;
  readonly #versions = new EventVersions(ASSEMBLY_UPCASTERS);

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** Appends all events or none. The first of an assembly also opens it. */
  append(id: AssemblyId, room: RoomId, events: readonly AssemblyEvent[]): void {
    const next = this.#db.prepare("SELECT COALESCE(MAX(seq), -1) + 1 FROM assembly_events WHERE assembly = ?").pluck();
    const insert = this.#db.prepare("INSERT INTO assembly_events (assembly, seq, v, body) VALUES (?, ?, ?, ?)");
    unitOf(this.#db).run(() => {
      for (const event of events) {
        if (event.type === "assembly-gathered")
          this.#db.prepare("INSERT INTO assemblies (id, room, opened) VALUES (?, ?, ?)").run(id, room, event.at);
        insert.run(id, next.get(id), this.#versions.presentOf("assembly", event.type), JSON.stringify(event));
      }
    });
  }

  /** Throws `JournalUnreadable`. */
  read(id: AssemblyId): AssemblyEvent[] {
    const rows = this.#db.prepare("SELECT seq, v, body FROM assembly_events WHERE assembly = ? ORDER BY seq").all(id);
    return (rows as Row[]).map(({ seq, v, body }) => {
      const stored: StoredEvent = JSON.parse(body);
      const parsed = AssemblyEvent.safeParse(this.#versions.upcast("assembly", v, stored));
      if (!parsed.success)
        throw new JournalUnreadable(`assembly ${id}, entry ${seq} (version ${v}): ${parsed.error.message}`);
      return parsed.data;
    });
  }

  /** The newest assembly of each room. */
  newest(): { readonly id: AssemblyId; readonly room: RoomId }[] {
    const sql = `SELECT id, room FROM assemblies AS a
                 WHERE rowid = (SELECT rowid FROM assemblies WHERE room = a.room ORDER BY opened DESC, rowid DESC LIMIT 1)`;
    return this.#db.prepare(sql).all() as { id: AssemblyId; room: RoomId }[];
  }
}
