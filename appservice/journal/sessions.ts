import { createHash, randomBytes } from "node:crypto";
import type Database from "better-sqlite3";
import type { DeviceId, ParticipantId, RoomId } from "../protocol/identity.ts";

export type WidgetSession = { readonly participant: ParticipantId; readonly room: RoomId; readonly device: DeviceId; readonly expiresAt: number };

/** Sessions of widgets. They outlive a restart of the service; the database alone does not let anybody in. */
export class Sessions {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  open(session: WidgetSession): string {
    const token = randomBytes(32).toString("base64url");
    const sql = "INSERT INTO sessions (token_hash, participant, room, device, expires_at) VALUES (?, ?, ?, ?, ?)";
    this.#db.prepare(sql).run(hash(token), session.participant, session.room, session.device, session.expiresAt);
    return token;
  }

  /** A token that was carried off to another device opens nothing. */
  find(token: string, device: string, now: number): WidgetSession | null {
    const sql = "SELECT participant, room, device, expires_at AS expiresAt FROM sessions WHERE token_hash = ? AND device = ? AND expires_at > ?";
    return (this.#db.prepare(sql).get(hash(token), device, now) as WidgetSession | undefined) ?? null;
  }

  close(participant: ParticipantId, room: RoomId): void {
    this.#db.prepare("DELETE FROM sessions WHERE participant = ? AND room = ?").run(participant, room);
  }

  forgetExpired(now: number): void {
    this.#db.prepare("DELETE FROM sessions WHERE expires_at <= ?").run(now);
  }
}

function hash(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
