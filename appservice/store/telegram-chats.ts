import type Database from "better-sqlite3";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import { randomBytes } from "../time/chance.ts";
import { hashOf } from "./secret-hash.ts";

/** Reason for which nothing can be written into a chat any more. */
export type ChatLost = "deleted" | "bot-put-out";

/** A chat in Telegram that belongs to a room: its people may come to the room's meetings by the Mini App. */
export type TelegramChat = {
  readonly room: RoomId;
  /** Telegram's number of it; another one from when a group becomes a supergroup. */
  readonly chat: number;
  readonly title: string;
  /** Telegram's name of it in a Mini App's launch; null until somebody first opens one from it. */
  readonly instance: string | null;
  /** Keeper of the room who asked for it. */
  readonly boundBy: ParticipantId;
  readonly boundAt: number;
  /** True where it has topics and the bot may make one. */
  readonly forum: boolean;
  readonly lost: ChatLost | null;
};

type Row = Omit<TelegramChat, "forum"> & { readonly forum: number };

/** A keeper asks for a chat in the room, and says so in the chat within this time. */
const CODE_LASTS_MS = 15 * 60_000;

const COLUMNS = "room, chat, title, instance, bound_by AS boundBy, bound_at AS boundAt, forum, lost";

/** Chats in Telegram, one for a room at the most, and the codes by which keepers bind them. */
export class TelegramChats {
  readonly #db: Database.Database;
  #onMoved: (room: RoomId) => void = () => {};

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /**
   * A code that binds a chat to the room, for a quarter of an hour and once; the one before it binds nothing any more.
   */
  offer(room: RoomId, by: ParticipantId, now: number): string {
    const code = randomBytes(16).toString("base64url");
    this.#db
      .prepare(
        `INSERT INTO telegram_bind_codes (room, code_hash, made_by, made_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (room) DO UPDATE SET code_hash = excluded.code_hash, made_by = excluded.made_by, made_at = excluded.made_at`,
      )
      .run(room, hashOf(code), by, now);
    return code;
  }

  /** Tells whether a code binds a chat to a room here. */
  hasCode(code: string, now: number): boolean {
    const sql = "SELECT 1 FROM telegram_bind_codes WHERE code_hash = ? AND made_at >= ?";
    return this.#db.prepare(sql).get(hashOf(code), now - CODE_LASTS_MS) !== undefined;
  }

  /**
   * Takes a code and binds the chat to its room, in place of all that either was bound to. Null: no such code, or too
   * late.
   */
  bind(
    code: string,
    { chat, title, forum }: Pick<TelegramChat, "chat" | "title" | "forum">,
    now: number,
  ): TelegramChat | null {
    return this.#db.transaction(() => {
      const sql =
        "DELETE FROM telegram_bind_codes WHERE code_hash = ? AND made_at >= ? RETURNING room, made_by AS boundBy";
      const asked = this.#db.prepare(sql).get(hashOf(code), now - CODE_LASTS_MS) as
        | Pick<TelegramChat, "room" | "boundBy">
        | undefined;
      if (!asked) return null;
      this.#db.prepare("DELETE FROM telegram_chats WHERE room = ? OR chat = ?").run(asked.room, chat);
      this.#leaveBefore(asked.room);
      this.#db
        .prepare("INSERT INTO telegram_chats (room, chat, title, bound_by, bound_at, forum) VALUES (?, ?, ?, ?, ?, ?)")
        .run(asked.room, chat, title, asked.boundBy, now, Number(forum));
      return this.ofRoom(asked.room);
    })();
  }

  /** Chat of a room, or of the one that it went on in. */
  ofRoom(room: RoomId): TelegramChat | null {
    return (
      this.#find("room = ?", room) ??
      this.#find("room = (SELECT into_room FROM telegram_rooms_before WHERE room = ?)", room)
    );
  }

  /**
   * A room goes on in another one, and its chat with it, unless that has one of its own. Whoever was put out stays out,
   * and meetings of the room before still find the chat. False where nothing was to be moved.
   */
  moveInto(before: RoomId, room: RoomId): boolean {
    return this.#db.transaction(() => {
      const sql = "UPDATE OR IGNORE telegram_chats SET room = ? WHERE room = ?";
      if (this.#db.prepare(sql).run(room, before).changes === 0) return false;
      this.#db.prepare("UPDATE telegram_rooms_before SET into_room = ? WHERE into_room = ?").run(room, before);
      this.#db
        .prepare("INSERT OR REPLACE INTO telegram_rooms_before (room, into_room) VALUES (?, ?)")
        .run(before, room);
      this.#db
        .prepare(
          `INSERT OR IGNORE INTO telegram_people (room, id, name, shown, state, since, at)
           SELECT ?, id, name, shown, state, since, at FROM telegram_people WHERE room = ? AND state = 'out'`,
        )
        .run(room, before);
      return true;
    })();
  }

  ofChat(chat: number): TelegramChat | null {
    return this.#find("chat = ?", chat);
  }

  all(): TelegramChat[] {
    return (this.#db.prepare(`SELECT ${COLUMNS} FROM telegram_chats ORDER BY room`).all() as Row[]).map(chatOf);
  }

  /** Tells whether a Mini App with this name of the chat was opened from the room's chat; the first one is believed. */
  isOpenedFrom(room: RoomId, instance: string): boolean {
    const chat = this.ofRoom(room);
    if (chat?.instance !== null) return chat?.instance === instance;
    this.#db.prepare("UPDATE telegram_chats SET instance = ? WHERE room = ?").run(instance, chat.room);
    return true;
  }

  /** Lets a room's chat go. Returns it; null where there was none. */
  unbind(room: RoomId): TelegramChat | null {
    const chat = this.#find("room = ?", room);
    this.#db.prepare("DELETE FROM telegram_chats WHERE room = ?").run(room);
    this.#leaveBefore(room);
    this.#db.prepare("DELETE FROM telegram_bind_codes WHERE room = ?").run(room);
    return chat;
  }

  /** Tells, together with it, that a room's chat became another one. */
  whenMoved(told: (room: RoomId) => void): void {
    this.#onMoved = told;
  }

  /** The group became a supergroup, which has another number, and another name in a launch. */
  migrated(from: number, to: number): void {
    this.#db.transaction(() => {
      const bound = this.ofChat(from);
      this.#db.prepare("UPDATE OR REPLACE telegram_chats SET chat = ?, instance = NULL WHERE chat = ?").run(to, from);
      if (bound) this.#onMoved(bound.room);
    })();
  }

  /** Notes what Telegram says of a chat. */
  learn(chat: number, { title, forum }: Pick<TelegramChat, "title" | "forum">): void {
    this.#db
      .prepare("UPDATE telegram_chats SET title = ?, forum = ?, lost = NULL WHERE chat = ?")
      .run(title, Number(forum), chat);
  }

  /** Notes that nothing can be written into a chat. True where that is news. */
  lose(chat: number, lost: ChatLost): boolean {
    return (
      this.#db.prepare("UPDATE telegram_chats SET lost = ? WHERE chat = ? AND lost IS NOT ?").run(lost, chat, lost)
        .changes > 0
    );
  }

  /** Meetings of rooms before this one have no chat any more. */
  #leaveBefore(room: RoomId): void {
    this.#db.prepare("DELETE FROM telegram_rooms_before WHERE into_room = ?").run(room);
  }

  #find(where: string, value: RoomId | number): TelegramChat | null {
    const row = this.#db.prepare(`SELECT ${COLUMNS} FROM telegram_chats WHERE ${where}`).get(value) as Row | undefined;
    return row ? chatOf(row) : null;
  }
}

function chatOf({ forum, ...row }: Row): TelegramChat {
  return { ...row, forum: forum === 1 };
}
