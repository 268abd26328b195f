import { createHash } from "node:crypto";
import type Database from "better-sqlite3";
import type { MeetingId, RoomId } from "../../protocol/identity.ts";
import { MeetingTexts } from "../../store/meeting-texts.ts";
import { GONE, LAST_IN_CHATS as WAITS } from "../../store/telegram-forgotten.ts";
import { unitOf } from "../../store/unit-of-work.ts";
import type { ChatButton } from "./chat-api.ts";

/** A message that should stand in a room's chat: in one part, or in several where it is long. */
export type WantedMessage = {
  /** Names it within its meeting. */
  readonly key: string;
  /** Key of the message that it answers; null: the meeting's first. */
  readonly answers: string | null;
  readonly parts: readonly string[];
  readonly buttons: readonly ChatButton[];
  /** Picture that it shows, of which the text is the caption; left out, and null: none. */
  readonly picture?: string | null;
};

/** Place of a meeting in its chat. `unsure`: a topic was asked for, and whether it was made is not known. */
export type MeetingPlace = { readonly topic: number | null; readonly unsure: boolean };

export type WaitingMessage = {
  readonly id: number;
  readonly meeting: MeetingId;
  readonly answers: string | null;
  /** Null: it is to stand no longer. */
  readonly html: string | null;
  readonly buttons: readonly ChatButton[];
  readonly picture: string | null;
  /** Fingerprint of what is wanted. */
  readonly wanted: string;
  /** Telegram's number of it, where it stands. */
  readonly message: number | null;
  /** It was being sent when the service died, or when the connection did: it may stand already. */
  readonly unsure: boolean;
  /** It was sent though it may have stood already, and says so. */
  readonly repeated: boolean;
  /** It is to stand no longer, and Telegram does not let it go: words that say so take its place. */
  readonly blank: boolean;
};

type Row = Omit<WaitingMessage, "buttons" | "unsure" | "repeated" | "blank"> & {
  readonly sealedBy: string | null;
  readonly buttons: string;
  readonly sending: number;
  readonly repeated: number;
};

/** An edit follows another of the same message no sooner. */
const EDIT_EVERY_MS = 6_000;
const BLANK = "blank";

/**
 * Messages that should stand in chats of Telegram. Texts are kept only while they wait; of what stands, a fingerprint.
 * What changes several times before it is sent is sent as it was last.
 */
export class ChatOutbox {
  readonly #db: Database.Database;
  readonly #texts: MeetingTexts;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#texts = new MeetingTexts(db, "telegram_outbox");
  }

  /** Tells whether something waits to be sent because of this. */
  want(room: RoomId, meeting: MeetingId, messages: readonly WantedMessage[]): boolean {
    return unitOf(this.#db).run(() => messages.map((message) => this.#wantOne(room, meeting, message)).some(Boolean));
  }

  #wantOne(room: RoomId, meeting: MeetingId, { key, answers, parts, buttons, picture = null }: WantedMessage): boolean {
    const last = parts.length - 1;
    const changed = parts.map((html, part) => {
      const under = JSON.stringify(part === last ? buttons : []);
      const wanted = createHash("sha256")
        .update(html)
        .update("\n")
        .update(under)
        .update(picture ?? "")
        .digest("base64url");
      const sql = `INSERT INTO telegram_outbox (room, meeting, key, part, answers, html, sealed_by, buttons, picture, wanted, waits)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ${WAITS}) ON CONFLICT (meeting, key, part) DO UPDATE SET
        html = IIF(stands IS excluded.wanted, NULL, excluded.html), sealed_by = excluded.sealed_by, buttons = excluded.buttons, picture = excluded.picture, wanted = excluded.wanted,
        waits = IIF(stands IS excluded.wanted, NULL, COALESCE(waits, excluded.waits)) WHERE wanted <> excluded.wanted`;
      const { text, sealedBy } = this.#texts.put(meeting, room, html);
      const values = [room, meeting, key, part, answers, text, sealedBy, under, picture, wanted];
      return this.#db.prepare(sql).run(...values).changes > 0;
    });
    const rest = this.#takeAway("meeting = ? AND key = ? AND part >= ?", meeting, key, parts.length);
    return changed.some(Boolean) || rest;
  }

  /** Takes away all messages of a meeting that are wanted no longer. Tells whether any is to go. */
  review(meeting: MeetingId, wanted: ReadonlySet<string>): boolean {
    const rows = this.#db.prepare("SELECT DISTINCT key FROM telegram_outbox WHERE meeting = ?").all(meeting);
    return unitOf(this.#db).run(() =>
      (rows as { key: string }[])
        .filter(({ key }) => !wanted.has(key))
        .map(({ key }) => this.#takeAway("meeting = ? AND key = ?", meeting, key))
        .some(Boolean),
    );
  }

  #takeAway(where: string, ...values: readonly (string | number)[]): boolean {
    this.#db.prepare(`DELETE FROM telegram_outbox WHERE ${where} AND message IS NULL AND sending = 0`).run(...values);
    const sql = `UPDATE telegram_outbox SET html = NULL, buttons = '[]', wanted = '${GONE}', waits = COALESCE(waits, ${WAITS})
      WHERE ${where} AND wanted NOT IN ('${GONE}', '${BLANK}')`;
    return this.#db.prepare(sql).run(...values).changes > 0;
  }

  /** Tells whether anything of a meeting but this message is known here. */
  hasMoreThan(key: string, meeting: MeetingId): boolean {
    const sql = "SELECT 1 FROM telegram_outbox WHERE meeting = ? AND key <> ? LIMIT 1";
    return this.#db.prepare(sql).get(meeting, key) !== undefined;
  }

  knows(meeting: MeetingId): boolean {
    return this.#db.prepare("SELECT 1 FROM telegram_outbox WHERE meeting = ? LIMIT 1").get(meeting) !== undefined;
  }

  /** What is to be done next in a room's chat, or the moment at which there will be something; null: nothing waits. */
  next(room: RoomId, now: number): WaitingMessage | { readonly from: number } | null {
    const sql = `SELECT id, meeting, answers, html, sealed_by AS sealedBy, buttons, picture, wanted, message, sending, repeated FROM telegram_outbox
      WHERE room = ? AND waits IS NOT NULL AND (changed_at IS NULL OR changed_at <= ?) ORDER BY waits LIMIT 1`;
    const row = this.#db.prepare(sql).get(room, now - EDIT_EVERY_MS) as Row | undefined;
    if (row) return this.#waitingOf(row);
    const later = this.#db
      .prepare("SELECT MIN(changed_at) AS at FROM telegram_outbox WHERE room = ? AND waits IS NOT NULL")
      .get(room) as { at: number | null };
    return later.at === null ? null : { from: later.at + EDIT_EVERY_MS };
  }

  /** Notes that a message is being sent, or edited, before it is: from now on nobody knows what stands. */
  sending({ id }: WaitingMessage, now: number): void {
    const sql = `UPDATE telegram_outbox SET repeated = MAX(repeated, sending), sending = IIF(message IS NULL, 1, 0),
      stands = NULL, changed_at = IIF(message IS NULL, changed_at, ?) WHERE id = ?`;
    this.#db.prepare(sql).run(now, id);
  }

  /** Notes that a message is being taken away, before it is: from now on nobody knows whether it stands. */
  leaving({ id }: WaitingMessage): void {
    this.#db.prepare("UPDATE telegram_outbox SET stands = NULL WHERE id = ?").run(id);
  }

  /** It was not sent. Of an earlier try nothing more is known by that. */
  unsent({ id, unsure }: WaitingMessage): void {
    this.#db.prepare("UPDATE telegram_outbox SET sending = ? WHERE id = ?").run(Number(unsure), id);
  }

  /** It stands as it was wanted when it was sent; what is wanted since waits on. */
  sent({ id, wanted }: WaitingMessage, message: number, at: number): void {
    const sql = `UPDATE telegram_outbox SET message = ?, changed_at = ?, sending = 0, stands = ?,
      html = IIF(wanted = ?, NULL, html), waits = IIF(wanted = ?, NULL, ${WAITS}) WHERE id = ?`;
    this.#db.prepare(sql).run(message, at, wanted, wanted, wanted, id);
  }

  /**
   * It is gone from the chat, or never to be there. Where it may stand unknown to us, that is remembered: it may be
   * wanted again.
   */
  went({ id, unsure, message, repeated }: WaitingMessage): void {
    const sql =
      repeated || (unsure && message === null)
        ? "UPDATE telegram_outbox SET waits = NULL, message = NULL, stands = NULL, changed_at = NULL WHERE id = ?"
        : "DELETE FROM telegram_outbox WHERE id = ?";
    this.#db.prepare(sql).run(id);
  }

  /** It cannot be deleted: other words take its place, and it is ours no more after that. */
  blank({ id }: WaitingMessage, html: string): void {
    this.#db
      .prepare(
        `UPDATE telegram_outbox SET html = ?, sealed_by = NULL, buttons = '[]', picture = NULL, wanted = '${BLANK}',
          changed_at = NULL WHERE id = ?`,
      )
      .run(html, id);
  }

  /** Somebody took the message away: its text is sent anew. */
  lost({ id }: WaitingMessage): void {
    this.#db
      .prepare("UPDATE telegram_outbox SET message = NULL, stands = NULL, changed_at = NULL WHERE id = ?")
      .run(id);
  }

  /** Gives up one message as it is; what is wanted in its place later is tried again. */
  skip({ id, wanted }: WaitingMessage): void {
    const sql = `UPDATE telegram_outbox SET sending = 0, stands = ?, html = IIF(wanted = ?, NULL, html), waits = IIF(wanted = ?, NULL, waits)
      WHERE id = ?`;
    this.#db.prepare(sql).run(wanted, wanted, wanted, id);
  }

  /** Message that another one answers: the one named, or the meeting's first. */
  answeredBy({ meeting, answers, id }: WaitingMessage): number | null {
    if (answers === null) return null;
    const sql = `SELECT message FROM telegram_outbox WHERE meeting = ? AND message IS NOT NULL AND id <> ?
      ORDER BY key IS NOT ?, id LIMIT 1`;
    const row = this.#db.prepare(sql).get(meeting, id, answers) as { message: number } | undefined;
    return row?.message ?? null;
  }

  /** Meeting and key of a message that stands in a room's chat. */
  messageOf(room: RoomId, message: number): { readonly meeting: MeetingId; readonly key: string } | null {
    const sql = "SELECT meeting, key FROM telegram_outbox WHERE room = ? AND message = ?";
    return (this.#db.prepare(sql).get(room, message) as { meeting: MeetingId; key: string } | undefined) ?? null;
  }

  placeOf(meeting: MeetingId): MeetingPlace | null {
    const row = this.#db.prepare("SELECT topic, unsure FROM telegram_places WHERE meeting = ?").get(meeting) as
      | { topic: number | null; unsure: number }
      | undefined;
    return row ? { topic: row.topic, unsure: row.unsure === 1 } : null;
  }

  place(room: RoomId, meeting: MeetingId, { topic, unsure }: MeetingPlace): void {
    const sql = "INSERT OR REPLACE INTO telegram_places (meeting, room, topic, unsure) VALUES (?, ?, ?, ?)";
    this.#db.prepare(sql).run(meeting, room, topic, Number(unsure));
  }

  unplace(meeting: MeetingId): void {
    this.#db.prepare("DELETE FROM telegram_places WHERE meeting = ?").run(meeting);
  }

  /** The room's chat has become another, in which nothing of ours stands; what waits is sent there. */
  moved(room: RoomId): void {
    unitOf(this.#db).run(() => {
      this.#db
        .prepare(
          "UPDATE telegram_outbox SET message = NULL, stands = NULL, changed_at = NULL, sending = 0 WHERE room = ?",
        )
        .run(room);
      this.#db.prepare(`DELETE FROM telegram_outbox WHERE room = ? AND wanted = '${GONE}'`).run(room);
      this.#db.prepare("DELETE FROM telegram_places WHERE room = ?").run(room);
    });
  }

  /** A room goes on in another one: what waits for its chat is sent from there. */
  moveInto(before: RoomId, room: RoomId): void {
    for (const table of ["telegram_outbox", "telegram_places"])
      this.#db.prepare(`UPDATE ${table} SET room = ? WHERE room = ?`).run(room, before);
  }

  /** The room has no chat any more, or another one. */
  forget(room: RoomId): void {
    unitOf(this.#db).run(() => {
      this.#db.prepare("DELETE FROM telegram_outbox WHERE room = ?").run(room);
      this.#db.prepare("DELETE FROM telegram_places WHERE room = ?").run(room);
    });
  }

  /** One that nobody can read any more is to stand no longer, until something is wanted in its place. */
  #waitingOf({ buttons, sending, repeated, sealedBy, ...row }: Row): WaitingMessage {
    const under = JSON.parse(buttons) as ChatButton[];
    const html = row.html && this.#texts.open(row.meeting, { text: row.html, sealedBy });
    return {
      ...row,
      html,
      buttons: under,
      unsure: sending === 1,
      repeated: repeated === 1,
      blank: row.wanted === BLANK,
    };
  }

  /** Number of messages and edits that wait. */
  waiting(room: RoomId | null = null): number {
    const sql = "SELECT COUNT(*) AS n FROM telegram_outbox WHERE waits IS NOT NULL AND room = COALESCE(?, room)";
    return (this.#db.prepare(sql).get(room) as { n: number }).n;
  }
}
