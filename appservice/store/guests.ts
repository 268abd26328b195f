import type Database from "better-sqlite3";
import { type DeviceId, formatGuestId, type MeetingId, type ParticipantId, type RoomId } from "../protocol/identity.ts";
import { randomBytes } from "../time/chance.ts";
import { hashOf } from "./secret-hash.ts";

/** `waits`: in the lobby. `in`: may sit in the meeting. `out`: turned away or put out, for good. */
type GuestState = "waits" | "in" | "out";

export type Guest = {
  readonly id: ParticipantId;
  readonly link: string;
  readonly room: RoomId;
  /** Name as they chose it. */
  readonly name: string;
  /** Name as everybody sees it, with its mark. */
  readonly shown: string;
  readonly namesake: boolean;
  readonly meeting: MeetingId;
  readonly state: GuestState;
  readonly askedAt: number;
};

type Row = Omit<Guest, "namesake"> & { readonly namesake: number };
type Asking = Omit<Guest, "id" | "askedAt"> & { readonly browser: DeviceId };

const COLUMNS = "id, link, room, name, shown, namesake, meeting, state, asked_at AS askedAt";

/** Guests are forgotten this long after they were last seen; somebody who was put out is remembered with their link. */
const KEPT_FOR_MS = 30 * 24 * 3600_000;
/** Milliseconds after which somebody who does not ask any more waits no longer. */
export const WAITS_MS = 30_000;

/** People who came by links for guests: one for each link and browser, in however many tabs. */
export class Guests {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  find(id: ParticipantId): Guest | null {
    return this.#one("id = ?", id);
  }

  /** The guest who came by this link in this browser. */
  known(link: string, browser: DeviceId): Guest | null {
    return this.#one("link = ? AND browser_hash = ?", link, hashOf(browser));
  }

  /** Takes in somebody who asks, or asks anew for another meeting: they stay who they are. */
  ask({ link, room, browser, name, shown, namesake, meeting, state }: Asking, now: number): Guest {
    const sql = `INSERT INTO guests (id, link, room, browser_hash, name, shown, namesake, meeting, state, asked_at, seen_at)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                 ON CONFLICT (link, browser_hash) DO UPDATE SET name = excluded.name, shown = excluded.shown,
                   namesake = excluded.namesake, meeting = excluded.meeting, state = excluded.state,
                   asked_at = excluded.asked_at, seen_at = excluded.seen_at, decided_by = NULL
                 RETURNING ${COLUMNS}`;
    const id = formatGuestId(randomBytes(16));
    const row = this.#db
      .prepare(sql)
      .get(id, link, room, hashOf(browser), name, shown, Number(namesake), meeting, state, now, now);
    return guestOf(row as Row);
  }

  /** Notes that somebody still waits. */
  seen(id: ParticipantId, now: number): void {
    this.#db.prepare("UPDATE guests SET seen_at = ? WHERE id = ?").run(now, id);
  }

  decide(id: ParticipantId, state: GuestState, by: ParticipantId | null): void {
    this.#db.prepare("UPDATE guests SET state = ?, decided_by = ? WHERE id = ?").run(state, by, id);
  }

  /** Guests who wait before a meeting now, in the order in which they came. */
  waiting(room: RoomId, meeting: MeetingId, now: number): Guest[] {
    return this.#all("room = ? AND state = 'waits' AND meeting = ? AND seen_at > ?", room, meeting, now - WAITS_MS);
  }

  /** Guests who may sit in a meeting. */
  seated(room: RoomId, meeting: MeetingId): Guest[] {
    return this.#all("room = ? AND state = 'in' AND meeting = ?", room, meeting);
  }

  /** Guests who might still be in a room, for meetings before this one. */
  ofEarlier(room: RoomId, meeting: MeetingId): Guest[] {
    return this.#all("room = ? AND state = 'in' AND meeting <> ?", room, meeting);
  }

  forgetOld(now: number): void {
    this.#db
      .prepare(
        "DELETE FROM guests WHERE seen_at < ? AND link NOT IN (SELECT id FROM guest_links WHERE closed_at IS NULL)",
      )
      .run(now - KEPT_FOR_MS);
    this.#db.prepare("DELETE FROM guest_links WHERE closed_at < ?").run(now - KEPT_FOR_MS);
  }

  #one(where: string, ...values: readonly string[]): Guest | null {
    const row = this.#db.prepare(`SELECT ${COLUMNS} FROM guests WHERE ${where}`).get(...values) as Row | undefined;
    return row ? guestOf(row) : null;
  }

  #all(where: string, ...values: readonly (string | number)[]): Guest[] {
    const sql = `SELECT ${COLUMNS} FROM guests WHERE ${where} ORDER BY asked_at, id`;
    return (this.#db.prepare(sql).all(...values) as Row[]).map(guestOf);
  }
}

function guestOf({ namesake, ...row }: Row): Guest {
  return { ...row, namesake: namesake === 1 };
}
