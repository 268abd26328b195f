import type Database from "better-sqlite3";
import { homeIssuer, type Issuer } from "../protocol/actor.ts";
import type { DeviceId, ParticipantId, RoomId } from "../protocol/identity.ts";
import { randomBytes } from "../time/chance.ts";
import { hashOf } from "./secret-hash.ts";

export type WidgetSession = {
  readonly participant: ParticipantId;
  /** Issuer by whose word they are who they are. */
  readonly issuer: Issuer;
  readonly room: RoomId;
  readonly device: DeviceId;
  readonly expiresAt: number;
};

/** Rooms, browsers and tabs that one person has open. */
export const MOST_OF_ONE = 30;

/** Sessions of widgets. They outlive a restart of the service; the database alone does not let anybody in. */
export class Sessions {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** Opens a session. Of too many, those go that would end first. */
  open(session: Omit<WidgetSession, "issuer"> & { readonly issuer?: Issuer }): string {
    const token = randomBytes(32).toString("base64url");
    const { participant, issuer = homeIssuer(participant), room, device, expiresAt } = session;
    this.#db.transaction(() => {
      this.#db
        .prepare(`DELETE FROM sessions WHERE token_hash IN (
        SELECT token_hash FROM sessions WHERE participant = ? ORDER BY expires_at DESC LIMIT -1 OFFSET ?)`)
        .run(participant, MOST_OF_ONE - 1);
      this.#db
        .prepare(
          "INSERT INTO sessions (token_hash, participant, issuer, room, device, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
        )
        .run(hashOf(token), participant, issuer, room, device, expiresAt);
    })();
    return token;
  }

  /** A token that was carried off to another device opens nothing. */
  find(token: string, device: string, now: number): WidgetSession | null {
    const sql =
      "SELECT participant, issuer, room, device, expires_at AS expiresAt FROM sessions WHERE token_hash = ? AND device = ? AND expires_at > ?";
    return (this.#db.prepare(sql).get(hashOf(token), device, now) as WidgetSession | undefined) ?? null;
  }

  /** Tells whether somebody has a page of the room open. */
  isOpen(participant: ParticipantId, room: RoomId, now: number): boolean {
    const sql = "SELECT 1 FROM sessions WHERE participant = ? AND room = ? AND expires_at > ?";
    return this.#db.prepare(sql).get(participant, room, now) !== undefined;
  }

  close(participant: ParticipantId, room: RoomId): void {
    this.#db.prepare("DELETE FROM sessions WHERE participant = ? AND room = ?").run(participant, room);
  }

  /** Closes all sessions of one person. Returns the rooms for which they were. */
  closeAll(participant: ParticipantId): RoomId[] {
    const rows = this.#db.prepare("DELETE FROM sessions WHERE participant = ? RETURNING room").all(participant) as {
      room: RoomId;
    }[];
    return [...new Set(rows.map(({ room }) => room))];
  }

  /** Closes those sessions of one person that an issuer vouched for. Returns the rooms for which they were. */
  closeBy(participant: ParticipantId, issuer: Issuer): RoomId[] {
    const sql = "DELETE FROM sessions WHERE participant = ? AND issuer = ? RETURNING room";
    const rows = this.#db.prepare(sql).all(participant, issuer) as { room: RoomId }[];
    return [...new Set(rows.map(({ room }) => room))];
  }

  forgetExpired(now: number): void {
    this.#db.prepare("DELETE FROM sessions WHERE expires_at <= ?").run(now);
  }
}
