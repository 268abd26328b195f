import type { Chat, InlineKeyboardMarkup, MessageEntity, User } from "grammy/types";
import { badRequest, TelegramFailure } from "./failure.ts";

/** A message as it stands in a chat, with all that it said before. */
export type StandingMessage = {
  readonly id: number;
  readonly from: User;
  readonly at: number;
  topic: number | null;
  replyTo: number | null;
  text: string;
  entities: MessageEntity[];
  photo: boolean;
  buttons: InlineKeyboardMarkup | null;
  /** Texts that it had, the present one last. */
  readonly said: string[];
  editedAt: number | null;
  isTopicBegun: string | null;
  /** The bot's own reaction. */
  reaction: string | null;
};

export type Standing = "creator" | "administrator" | "member" | "left" | "kicked";

export type GroupWish = {
  readonly title: string;
  readonly supergroup?: boolean;
  readonly forum?: boolean;
  /** What the bot is there; an administrator may manage topics. */
  readonly bot?: "member" | "administrator";
};

/** Sendings and edits that one chat takes within the window. */
export type Limit = { readonly count: number; readonly windowMs: number };

/** A chat as Telegram's machines keep it. */
export class TelegramGroup {
  id: number;
  title: string;
  kind: "group" | "supergroup" | "private";
  forum: boolean;
  state: "there" | "deleted" | "moved" = "there";
  movedTo: number | null = null;
  readonly standings = new Map<number, Standing>();
  readonly messages: StandingMessage[] = [];
  readonly removed: StandingMessage[] = [];
  /** Messages that nobody can delete any more. */
  readonly heldFast = new Set<number>();
  /** Words with which it refuses pictures, or messages of any kind. */
  readonly refuses: { pictures: string | null; messages: string | null } = { pictures: null, messages: null };
  readonly topics = new Map<number, string>();
  readonly #bot: User;
  readonly #limit: Limit;
  #last = 0;
  #taken: number[] = [];

  constructor(
    id: number,
    wish: GroupWish,
    given: { readonly bot: User; readonly limit: Limit; readonly kind?: "private" },
  ) {
    this.id = id;
    this.title = wish.title;
    this.forum = wish.forum ?? false;
    this.kind = given.kind ?? (wish.supergroup === false ? "group" : "supergroup");
    this.#bot = given.bot;
    this.#limit = given.limit;
    this.standings.set(given.bot.id, wish.bot ?? "administrator");
  }

  chat(who: User): Chat {
    if (this.kind === "private") return { id: this.id, type: "private", first_name: who.first_name };
    const { id, title } = this;
    if (this.kind === "group") return { id, type: "group", title };
    return { id, type: "supergroup", title, ...(this.forum ? { is_forum: true as const } : {}) };
  }

  /** Refuses what is asked of a chat that is not there, or not for the bot. */
  enter(): void {
    if (this.state === "moved")
      throw new TelegramFailure(400, "Bad Request: group chat was upgraded to a supergroup chat", {
        ...(this.movedTo === null ? {} : { migrate_to_chat_id: this.movedTo }),
      });
    if (this.state === "deleted") throw new TelegramFailure(403, "Forbidden: the group chat was deleted");
    const bot = this.standings.get(this.#bot.id);
    if (bot === "kicked") throw new TelegramFailure(403, `Forbidden: bot was kicked from the ${this.kind} chat`);
    if (bot === "left") throw new TelegramFailure(403, `Forbidden: bot is not a member of the ${this.kind} chat`);
  }

  /** Counts a sending or an edit, and refuses one too many. */
  take(now: number): void {
    if (this.kind === "private") return;
    this.#taken = this.#taken.filter((at) => at > now - this.#limit.windowMs);
    const [oldest = now] = this.#taken;
    if (this.#taken.length >= this.#limit.count) {
      const after = Math.max(1, Math.ceil((oldest + this.#limit.windowMs - now) / 1000));
      throw new TelegramFailure(429, `Too Many Requests: retry after ${after}`, { retry_after: after });
    }
    this.#taken.push(now);
  }

  nextId(): number {
    return ++this.#last;
  }

  find(id: number): StandingMessage | null {
    return this.messages.find((each) => each.id === id) ?? null;
  }

  /** Topic in which a message is to stand; null: in none, or in the general one. */
  topicOf(id: number | undefined): number | null {
    if (id === undefined) return null;
    if (!this.forum || !this.topics.has(id)) throw badRequest("message thread not found");
    return id;
  }

  add(message: Pick<StandingMessage, "from" | "text" | "at"> & Partial<StandingMessage>): StandingMessage {
    const whole: StandingMessage = {
      id: this.nextId(),
      topic: null,
      replyTo: null,
      entities: [],
      photo: false,
      buttons: null,
      said: [message.text],
      editedAt: null,
      isTopicBegun: null,
      reaction: null,
      ...message,
    };
    this.messages.push(whole);
    return whole;
  }

  remove(id: number): boolean {
    const place = this.messages.findIndex((each) => each.id === id);
    if (place < 0) return false;
    this.removed.push(...this.messages.splice(place, 1));
    return true;
  }

  isAdministrator(who: number): boolean {
    return ["creator", "administrator"].includes(this.standings.get(who) ?? "left");
  }
}
