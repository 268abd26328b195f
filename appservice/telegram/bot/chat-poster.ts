import type { Logger } from "pino";
import { Failures } from "../../retry/pace.ts";
import type { MeetingId, RoomId } from "../../protocol/identity.ts";
import type { ChatLost, TelegramChat, TelegramChats } from "../../store/telegram-chats.ts";
import { BLANK_PICTURE } from "./blank-picture.ts";
import type { ChatApi } from "./chat-api.ts";
import type { ChatOutbox, WaitingMessage } from "./chat-outbox.ts";
import { ChatPace, type Limit } from "./chat-pace.ts";
import { mayBeDone, type TelegramVerdict, verdictOn } from "./refused.ts";

const RETRY = { firstMs: 1_000, longestMs: 60_000 };

export type ChatPosterDeps = {
  readonly outbox: ChatOutbox;
  readonly chats: Pick<TelegramChats, "ofRoom" | "lose" | "learn" | "migrated">;
  readonly api: Pick<ChatApi, "send" | "sendPicture" | "edit" | "editPicture" | "remove" | "makeTopic" | "look">;
  /** Bytes of a picture of the room; null: they are not to be had, and its words stand there alone. */
  readonly pictureOf: (picture: string) => Promise<Uint8Array | null>;
  readonly limit: Limit;
  readonly now: () => number;
  readonly log: Logger;
  /** Nothing of an encrypted room may stand in a chat. */
  readonly mayWrite: (room: RoomId) => Promise<"yes" | "no" | "unknown">;
  readonly titleOf: (room: RoomId, meeting: MeetingId) => string;
  /** Words to be added to what may stand already. */
  readonly repeated: (room: RoomId) => string;
  /** Words in place of a message that Telegram does not let go. */
  readonly blank: (room: RoomId) => string;
  readonly onRepeated: () => void;
  readonly onLost: (chat: TelegramChat, why: ChatLost) => void;
  /** Moment since when Telegram has not answered; null: it answers again. */
  readonly onAway: (room: RoomId, since: number | null) => void;
};

/** Done one thing, and may go on after so long; or there is nothing to do until something is wanted. */
export type Step = { readonly againInMs: number } | "idle";

/** Brings chats to what should stand there, one message at a time, and no faster than Telegram takes it. */
export class ChatPoster {
  readonly #deps: ChatPosterDeps;
  readonly #paces = new Map<number, ChatPace>();
  readonly #failures = new Map<RoomId, { readonly count: Failures; readonly since: number }>();

  constructor(deps: ChatPosterDeps) {
    this.#deps = deps;
  }

  paceOf(chat: number): ChatPace {
    const known = this.#paces.get(chat);
    if (known) return known;
    // The bot answers in chats of whoever writes to it; most are never heard of again.
    for (const [other, pace] of this.#paces) if (pace.isIdle(this.#deps.now())) this.#paces.delete(other);
    const pace = new ChatPace(this.#deps.limit);
    this.#paces.set(chat, pace);
    return pace;
  }

  /** Does the next thing in a room's chat. */
  async step(room: RoomId): Promise<Step> {
    const { outbox, chats, now } = this.#deps;
    const chat = chats.ofRoom(room);
    if (!chat || chat.lost) return "idle";
    const next = outbox.next(room, now());
    if (next === null) return "idle";
    if ("from" in next) return { againInMs: Math.max(1, next.from - now()) };
    const waitMs = this.paceOf(chat.chat).waitMs(now());
    if (waitMs > 0) return { againInMs: waitMs };
    const may = await this.#deps.mayWrite(room);
    if (may === "unknown") return { againInMs: RETRY.firstMs };
    if (may === "no") {
      outbox.forget(room);
      return "idle";
    }
    try {
      await this.#act(chat, next);
      this.#answered(room);
      return { againInMs: 0 };
    } catch (error) {
      return this.#after(verdictOn(error), chat, next, error);
    }
  }

  async #act(chat: TelegramChat, row: WaitingMessage): Promise<void> {
    const { outbox } = this.#deps;
    if (row.html === null) {
      if (row.message !== null) await this.#remove(chat, row, row.message);
      return outbox.went(row);
    }
    if (row.message !== null) return this.#change(chat, row, row.message, row.html);
    const topic = await this.#topic(chat, row.meeting);
    if (topic === "made") return;
    await this.#send(chat, row, row.html, topic);
  }

  /**
   * Makes of what stands what is wanted. Another picture is another message, and so are words in place of one, as long
   * as Telegram lets go of it.
   */
  async #change(chat: TelegramChat, row: WaitingMessage, message: number, html: string): Promise<void> {
    const { outbox, api, now } = this.#deps;
    const content = this.#content(chat.room, row, html);
    if (row.picture === null) {
      outbox.sending(row, now());
      const stands = await unless("picture", api.edit(chat.chat, message, content));
      this.paceOf(chat.chat).take(now());
      if (stands) return outbox.sent(row, message, now());
    }
    if (!row.blank && (await unless("kept", this.#remove(chat, row, message)))) return outbox.lost(row);
    const bytes = row.picture === null ? null : await this.#deps.pictureOf(row.picture);
    outbox.sending(row, now());
    await api.editPicture(chat.chat, message, content, bytes ?? BLANK_PICTURE);
    this.paceOf(chat.chat).take(now());
    outbox.sent(row, message, now());
  }

  async #remove({ chat }: TelegramChat, row: WaitingMessage, message: number): Promise<void> {
    this.#deps.outbox.leaving(row);
    await this.#deps.api.remove(chat, message);
  }

  async #send(chat: TelegramChat, row: WaitingMessage, html: string, topic: number | null): Promise<void> {
    const { outbox, api, now, onRepeated, log } = this.#deps;
    // It is found out first whether Telegram answers, so that one outage repeats one message once.
    if (row.unsure) await api.look(chat.chat);
    const bytes = row.picture === null ? null : await this.#deps.pictureOf(row.picture);
    // Written first: where the service dies now, nobody knows whether the message stands.
    outbox.sending(row, now());
    const place = { chat: chat.chat, topic, replyTo: outbox.answeredBy(row) };
    const repeated = row.repeated || row.unsure;
    const content = this.#content(chat.room, { ...row, repeated }, html);
    const shown = bytes && (await unless("no-pictures", api.sendPicture(place, content, bytes)));
    const message = shown?.answer ?? (await api.send(place, content));
    this.paceOf(chat.chat).take(now());
    outbox.sent(row, message, now());
    if (!row.unsure) return;
    onRepeated();
    log.warn(
      { room: chat.room, meeting: row.meeting },
      "a message may have stood in the Telegram chat already; it was sent once more, and says so",
    );
  }

  #content(room: RoomId, { buttons, repeated }: WaitingMessage, html: string) {
    return { html: repeated ? `${html}\n<i>${this.#deps.repeated(room)}</i>` : html, buttons };
  }

  /** The meeting's topic; null where it has none. Making one is a step of its own. */
  async #topic({ room, chat }: TelegramChat, meeting: MeetingId): Promise<number | null | "made"> {
    const { outbox, api, chats, now, titleOf, repeated, onRepeated } = this.#deps;
    const known = outbox.placeOf(meeting);
    if (known && !known.unsure) return known.topic;
    const look = await api.look(chat);
    chats.learn(chat, look);
    if (!look.forum) {
      outbox.place(room, meeting, { topic: null, unsure: false });
      return null;
    }
    const title = titleOf(room, meeting);
    outbox.place(room, meeting, { topic: null, unsure: true });
    const named = known?.unsure ? `${title} ${repeated(room)}` : title;
    const topic = await api.makeTopic(chat, named).catch((error: unknown) => {
      if (!known && !mayBeDone(error)) outbox.unplace(meeting);
      throw error;
    });
    if (known?.unsure) onRepeated();
    this.paceOf(chat).take(now());
    outbox.place(room, meeting, { topic, unsure: false });
    return "made";
  }

  #after(verdict: TelegramVerdict, chat: TelegramChat, row: WaitingMessage, error: unknown): Step {
    const { outbox, chats, now, log, onLost } = this.#deps;
    const { room } = chat;
    // Telegram said no, so the message is not there.
    if (row.message === null && !(verdict.is === "away" && verdict.done === "perhaps")) outbox.unsent(row);
    switch (verdict.is) {
      case "wait":
        this.paceOf(chat.chat).quiet(now(), verdict.ms);
        return { againInMs: verdict.ms };
      case "moved":
        chats.migrated(chat.chat, verdict.to);
        return { againInMs: 0 };
      case "lost":
        if (chats.lose(chat.chat, verdict.why)) onLost(chat, verdict.why);
        return "idle";
      case "unchanged":
        if (row.message !== null) outbox.sent(row, row.message, now());
        return { againInMs: 0 };
      case "no-message":
        if (row.html === null || row.blank) outbox.went(row);
        else outbox.lost(row);
        return { againInMs: 0 };
      case "kept":
        outbox.blank(row, this.#deps.blank(room));
        return { againInMs: 0 };
      case "no-topic":
        outbox.unplace(row.meeting);
        return { againInMs: 0 };
      case "no-forum":
        outbox.place(room, row.meeting, { topic: null, unsure: false });
        return { againInMs: 0 };
      case "picture":
      case "no-pictures":
      case "unfit":
        outbox.skip(row);
        log.error(
          { room, meeting: row.meeting, err: error },
          "Telegram does not take this message; it alone was given up",
        );
        return { againInMs: 0 };
      case "away":
        return { againInMs: this.#failed(room, error) };
    }
  }

  #failed(room: RoomId, error: unknown): number {
    const { now, log, onAway } = this.#deps;
    const known = this.#failures.get(room) ?? { count: new Failures(RETRY), since: now() };
    this.#failures.set(room, known);
    const retryMs = known.count.add();
    log.warn({ room, err: error, retryMs }, "Telegram did not take a message; it waits");
    onAway(room, known.since);
    return retryMs;
  }

  #answered(room: RoomId): void {
    if (this.#failures.delete(room)) this.#deps.onAway(room, null);
  }
}

/** Waits for a request. Null where Telegram refused it for this very reason. */
async function unless<T>(refusal: TelegramVerdict["is"], request: Promise<T>): Promise<{ readonly answer: T } | null> {
  try {
    return { answer: await request };
  } catch (error) {
    if (verdictOn(error).is !== refusal) throw error;
    return null;
  }
}
