import type Database from "better-sqlite3";
import type { EventId, ParticipantId, RoomId } from "../protocol/identity.ts";

type Reaction = { readonly room: RoomId; readonly sender: ParticipantId; readonly control: string };

const KEPT_FOR_MS = 7 * 24 * 3600_000;

/** Reactions by which people asked for something, so that taking one back can be understood. */
export class Reactions {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  keep(eventId: EventId, { room, sender, control }: Reaction, at: number): void {
    const sql = "INSERT OR IGNORE INTO reactions (event_id, room, sender, control, received_at) VALUES (?, ?, ?, ?, ?)";
    this.#db.prepare(sql).run(eventId, room, sender, control, at);
  }

  find(eventId: EventId): Reaction | null {
    const row = this.#db.prepare("SELECT room, sender, control FROM reactions WHERE event_id = ?").get(eventId);
    return (row as Reaction | undefined) ?? null;
  }

  forget(eventId: EventId): void {
    this.#db.prepare("DELETE FROM reactions WHERE event_id = ?").run(eventId);
  }

  forgetOld(now: number): void {
    this.#db.prepare("DELETE FROM reactions WHERE received_at < ?").run(now - KEPT_FOR_MS);
  }
}
