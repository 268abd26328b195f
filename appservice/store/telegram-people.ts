import type Database from "better-sqlite3";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";

/** `in`: of the room's chat, as far as is known. `left`: not in it any more. `out`: put out by the keeper. */
type TelegramState = "in" | "left" | "out";

export type TelegramPerson = {
  readonly id: ParticipantId;
  readonly room: RoomId;
  /** Name as they have it in Telegram. */
  readonly name: string;
  /** Name as everybody sees it, with its mark. */
  readonly shown: string;
  readonly state: TelegramState;
  /** Beginning of what they see of the room's meetings. */
  readonly since: number;
  /** Time at which they came to be what `state` says. */
  readonly at: number;
};

const COLUMNS = "id, room, name, shown, state, since, at";

/** Whoever has not come for so long is forgotten, unless they were put out. */
const KEPT_FOR_MS = 90 * 24 * 3600_000;

/** People of Telegram who came by the Mini App into rooms' circles, and the launches by which they came. */
export class TelegramPeople {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  find(room: RoomId, id: ParticipantId): TelegramPerson | null {
    const sql = `SELECT ${COLUMNS} FROM telegram_people WHERE room = ? AND id = ?`;
    return (this.#db.prepare(sql).get(room, id) as TelegramPerson | undefined) ?? null;
  }

  /** Takes somebody in. Who comes back after they had left the chat sees nothing of the time between. */
  enter({ id, room, name, shown, since }: Omit<TelegramPerson, "state" | "at">, now: number): void {
    const sql = `INSERT INTO telegram_people (id, room, name, shown, state, since, at) VALUES (?, ?, ?, ?, 'in', ?, ?)
                 ON CONFLICT (room, id) DO UPDATE SET name = excluded.name, shown = excluded.shown, at = excluded.at,
                   since = CASE state WHEN 'in' THEN since ELSE excluded.since END, state = 'in'`;
    this.#db.prepare(sql).run(id, room, name, shown, since, now);
  }

  /** Notes that somebody is in no longer. False where they were not. */
  become(room: RoomId, id: ParticipantId, state: "left" | "out", now: number): boolean {
    const sql = "UPDATE telegram_people SET state = ?, at = ? WHERE room = ? AND id = ? AND state = 'in'";
    return this.#db.prepare(sql).run(state, now, room, id).changes > 0;
  }

  /** People who may be in the room's circle. */
  within(room: RoomId): TelegramPerson[] {
    const sql = `SELECT ${COLUMNS} FROM telegram_people WHERE room = ? AND state = 'in' ORDER BY id`;
    return this.#db.prepare(sql).all(room) as TelegramPerson[];
  }

  /** Rooms with people who may be in their circle. */
  rooms(): RoomId[] {
    const rows = this.#db.prepare("SELECT DISTINCT room FROM telegram_people WHERE state = 'in'").all();
    return (rows as { room: RoomId }[]).map(({ room }) => room);
  }

  wasLaunched(digest: string): boolean {
    return this.#db.prepare("SELECT 1 FROM telegram_launches WHERE digest = ?").get(digest) !== undefined;
  }

  /** Takes a launch for good. False where somebody has taken it. */
  takeLaunch(digest: string, worthlessAt: number): boolean {
    const sql = "INSERT INTO telegram_launches (digest, worthless_at) VALUES (?, ?) ON CONFLICT DO NOTHING";
    return this.#db.prepare(sql).run(digest, worthlessAt).changes > 0;
  }

  /** `launchesUntil`: launches that were worthless before are refused by their age. */
  forgetOld(now: number, launchesUntil: number): void {
    this.#db.prepare("DELETE FROM telegram_launches WHERE worthless_at < ?").run(launchesUntil);
    this.#db.prepare("DELETE FROM telegram_people WHERE at < ? AND state <> 'out'").run(now - KEPT_FOR_MS);
  }
}
