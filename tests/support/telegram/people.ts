import type { Chat, Message, Update, User } from "grammy/types";
import { type Limit, type StandingMessage, type Standing, TelegramGroup } from "./group.ts";
import { memberOf, messageFor, type World } from "./methods.ts";

/** Words to a chat. */
export type Saying = {
  readonly replyTo?: number;
  readonly topic?: number;
};

/** People of Telegram's: what they do is what the bot hears of. */
export class TelegramPeople {
  readonly #world: World;
  readonly #limit: Limit;
  #next = 100_001;

  constructor(world: World, limit: Limit) {
    this.#world = world;
    this.#limit = limit;
  }

  person(firstName: string, more: Partial<User> = {}): User {
    const user: User = { id: this.#next++, is_bot: false, first_name: firstName, language_code: "en", ...more };
    this.#world.people.set(user.id, user);
    return user;
  }

  /** The chat of one person with the bot. */
  privately(who: User): TelegramGroup {
    const known = this.#world.chats.find(({ id }) => id === who.id);
    if (known) return known;
    const wish = { title: who.first_name };
    const chat = new TelegramGroup(who.id, wish, { bot: this.#world.bot, limit: this.#limit, kind: "private" });
    chat.standings.set(who.id, "member");
    this.#world.chats.push(chat);
    return chat;
  }

  /** Says something. A bot that administers nothing hears of a group only commands and answers to itself. */
  say(who: User, chat: TelegramGroup, text: string, { replyTo, topic }: Saying = {}): StandingMessage {
    const answered = replyTo === undefined ? null : chat.find(replyTo);
    const message = chat.add({
      from: who,
      text,
      at: this.#world.now(),
      topic: topic ?? answered?.topic ?? null,
      replyTo: answered?.id ?? null,
      entities: text.startsWith("/")
        ? [{ type: "bot_command", offset: 0, length: (/^\S+/.exec(text) ?? [""])[0].length }]
        : [],
    });
    if (chat.kind === "private" || chat.isAdministrator(this.#world.bot.id) || hears(text, answered, this.#world.bot))
      this.#tell("message", { message: messageFor(message, chat, this.#world) as Message & Update.NonChannel });
    return message;
  }

  /** Presses a button, and waits for what the bot answers. */
  async press(
    who: User,
    chat: TelegramGroup,
    messageId: number,
    label: string,
  ): Promise<{ text: string; alert: boolean }> {
    const message = chat.find(messageId);
    const button = message?.buttons?.inline_keyboard.flat().find(({ text }) => text === label);
    if (!message || !button || !("callback_data" in button)) throw new Error(`there is no button ${label} to press`);
    const id = String(this.#next++);
    const answer = new Promise<{ text: string; alert: boolean }>((resolve) => this.#world.answered.set(id, resolve));
    this.#tell("callback_query", {
      callback_query: {
        id,
        from: who,
        chat_instance: String(chat.id),
        message: messageFor(message, chat, this.#world),
        data: button.callback_data,
      } as NonNullable<Update["callback_query"]>,
    });
    return answer;
  }

  join(who: User, chat: TelegramGroup): void {
    this.#becomes(who, who, chat, "member");
  }

  leave(who: User, chat: TelegramGroup): void {
    this.#becomes(who, who, chat, "left");
  }

  putOut(by: User, who: User, chat: TelegramGroup): void {
    this.#becomes(who, by, chat, "kicked");
  }

  addedBot(chat: TelegramGroup, by: User): void {
    this.#becomes(this.#world.bot, by, chat, chat.standings.get(this.#world.bot.id) ?? "member");
  }

  makeAdministrator(by: User, who: User, chat: TelegramGroup): void {
    this.#becomes(who, by, chat, "administrator");
  }

  /** The chat gets topics. */
  makeForum(chat: TelegramGroup): void {
    chat.forum = true;
  }

  remove(by: User, chat: TelegramGroup): void {
    chat.state = "deleted";
    void by;
  }

  /** A group becomes a supergroup, which is another chat with another number. */
  migrate(by: User, group: TelegramGroup): TelegramGroup {
    const to = new TelegramGroup(group.id * 7 - 1_001_000_000_000, { title: group.title }, this.#given());
    for (const [who, standing] of group.standings) to.standings.set(who, standing);
    this.#world.chats.push(to);
    group.state = "moved";
    group.movedTo = to.id;
    const told = { message_id: group.nextId(), from: by, date: this.#seconds() };
    this.#tell("message", {
      message: { ...told, chat: group.chat(by) as Chat.GroupChat, migrate_to_chat_id: to.id } as Message &
        Update.NonChannel,
    });
    return to;
  }

  #given() {
    return { bot: this.#world.bot, limit: this.#limit };
  }

  #seconds(): number {
    return Math.floor(this.#world.now() / 1000);
  }

  #becomes(who: User, by: User, chat: TelegramGroup, standing: Standing): void {
    const before = memberOf(chat, who);
    chat.standings.set(who.id, standing);
    const kind = who.id === this.#world.bot.id ? "my_chat_member" : "chat_member";
    const told = { chat: chat.chat(by), from: by, date: this.#seconds() };
    const change = { ...told, old_chat_member: before, new_chat_member: memberOf(chat, who) };
    if (kind === "my_chat_member") this.#tell(kind, { my_chat_member: change });
    else if (chat.isAdministrator(this.#world.bot.id)) this.#tell(kind, { chat_member: change });
  }

  #tell(kind: keyof Omit<Update, "update_id">, news: Omit<Update, "update_id">): void {
    this.#world.updates.add(kind, news);
  }
}

function hears(text: string, answered: StandingMessage | null, bot: User): boolean {
  return text.startsWith("/") || answered?.from.id === bot.id;
}
