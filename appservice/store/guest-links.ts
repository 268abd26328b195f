import { createHash, createHmac } from "node:crypto";
import type Database from "better-sqlite3";
import type { GuestLinkWish } from "../protocol/guests.ts";
import type { MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import { randomBytes } from "../time/chance.ts";
import { hashOf } from "./secret-hash.ts";

export type GuestLink = GuestLinkWish & {
  readonly id: string;
  readonly room: RoomId;
  readonly madeAt: number;
  /** Meeting for which it is; null: none yet, or any. */
  readonly meeting: MeetingId | null;
  readonly closedAt: number | null;
};

type Row = Omit<GuestLink, "once" | "lobby"> & { readonly once: number; readonly lobby: number };

const COLUMNS = "id, room, made_at AS madeAt, once, meeting, lobby, places, closed_at AS closedAt";

/** Links for guests of a room's meetings, from when they are made until they are closed. */
export class GuestLinks {
  readonly #db: Database.Database;
  readonly #secret: string;

  /** `secret`: of this service alone, and in no database; codes are made by it, so that a link can be shown again. */
  constructor(db: Database.Database, secret = randomBytes(24).toString("base64url")) {
    this.#db = db;
    this.#secret = secret;
  }

  /** `asked`: the message that asks for it. Asked again by the same one, after a crash, it is the same link. */
  make(
    { room, by, asked }: { readonly room: RoomId; readonly by: ParticipantId; readonly asked: string | null },
    { once, lobby, places, meeting }: GuestLinkWish & Pick<GuestLink, "meeting">,
    now: number,
  ): GuestLink {
    const id =
      asked === null ? randomBytes(16).toString("hex") : createHash("sha256").update(asked).digest("hex").slice(0, 32);
    this.#db
      .prepare(
        `INSERT INTO guest_links (id, room, code_hash, made_by, made_at, once, meeting, lobby, places)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
      )
      .run(id, room, hashOf(this.#made(id)), by, now, Number(once), once ? meeting : null, Number(lobby), places);
    return { id, room, madeAt: now, once, lobby, places, meeting: once ? meeting : null, closedAt: null };
  }

  /** Code of a link; null where the secret is another by now. */
  codeOf({ id }: Pick<GuestLink, "id">): string | null {
    const code = this.#made(id);
    const row = this.#db.prepare("SELECT 1 FROM guest_links WHERE id = ? AND code_hash = ?").get(id, hashOf(code));
    return row ? code : null;
  }

  /** The link of a code, also one that is closed. */
  find(code: string): GuestLink | null {
    const sql = `SELECT ${COLUMNS} FROM guest_links WHERE code_hash = ?`;
    const row = this.#db.prepare(sql).get(hashOf(code)) as Row | undefined;
    return row ? linkOf(row) : null;
  }

  /** The link by which a guest came, also one that is closed. */
  byId(id: string): GuestLink | null {
    const row = this.#db.prepare(`SELECT ${COLUMNS} FROM guest_links WHERE id = ?`).get(id) as Row | undefined;
    return row ? linkOf(row) : null;
  }

  /** Open links of a room, the newest first. */
  ofRoom(room: RoomId): GuestLink[] {
    const sql = `SELECT ${COLUMNS} FROM guest_links WHERE room = ? AND closed_at IS NULL ORDER BY made_at DESC, id`;
    return (this.#db.prepare(sql).all(room) as Row[]).map(linkOf);
  }

  close(room: RoomId, id: string, now: number): void {
    const sql = "UPDATE guest_links SET closed_at = ? WHERE room = ? AND id = ? AND closed_at IS NULL";
    this.#db.prepare(sql).run(now, room, id);
  }

  /** Ties links for one meeting to the one that gathers. */
  bind(room: RoomId, meeting: MeetingId): void {
    const sql =
      "UPDATE guest_links SET meeting = ? WHERE room = ? AND once = 1 AND meeting IS NULL AND closed_at IS NULL";
    this.#db.prepare(sql).run(meeting, room);
  }

  /** Closes links for a meeting that is over. */
  closeOf(meeting: MeetingId, now: number): void {
    this.#db
      .prepare("UPDATE guest_links SET closed_at = ? WHERE meeting = ? AND once = 1 AND closed_at IS NULL")
      .run(now, meeting);
  }

  #made(id: string): string {
    return createHmac("sha256", this.#secret).update(`guest-link\n${id}`).digest("base64url");
  }
}

function linkOf({ once, lobby, ...row }: Row): GuestLink {
  return { ...row, once: once === 1, lobby: lobby === 1 };
}
