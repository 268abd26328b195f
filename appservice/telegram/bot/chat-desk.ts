import type { Allowance } from "../../admission/allowance.ts";
import { meaningOf } from "../../language/command-words.ts";
import type { Translate } from "../../language/translate.ts";
import type { RoomId } from "../../protocol/identity.ts";
import type { TelegramChat, TelegramChats } from "../../store/telegram-chats.ts";
import type { UnitOfWork } from "../../store/unit-of-work.ts";
import { accountName, type TelegramAccount } from "../account.ts";
import type { BotNews, PressedInTelegram, SaidInTelegram } from "./bot.ts";
import type { ChatApi } from "./chat-api.ts";
import type { ChatOutbox } from "./chat-outbox.ts";
import { messagesOf } from "./markup.ts";
import { readSaid, type SaidToBot } from "./read-said.ts";
import type { Line } from "../../language/line.ts";

/** Answer to a command: words, or that it is done. */
export type CommandAnswer = CommandAnswerLines | "done";
type CommandAnswerLines = { readonly lines: readonly Line[] };
type ChatLook = Awaited<ReturnType<ChatApi["look"]>>;
type DeskSentence = `telegram.chat.${"no-code" | "no-room" | "not-administrator"}`;

export type ChatDeskDeps = {
  readonly chats: TelegramChats;
  readonly outbox: ChatOutbox;
  /**
   * Telegram is asked once where the desk waits for it: nobody else is heard meanwhile. `lookAgain` asks again as long
   * as Telegram has the bot wait, and nobody waits for it.
   */
  readonly api: Pick<ChatApi, "look" | "isAdministrator" | "answer" | "nod"> & { readonly lookAgain: ChatApi["look"] };
  readonly botName: string;
  /**
   * Number of answers that a chat gets, and of things done for one person unanswered: they may be nobody's guest yet.
   */
  readonly answersOf: Pick<Allowance, "take">;
  readonly onUnanswered: (error: unknown) => void;
  /** A chat may be there again, and Telegram does not tell what it is now. */
  readonly onStillLost: (chat: TelegramChat, error: unknown) => void;
  readonly now: () => number;
  /** Words for a room's chat, or for whoever belongs to none. */
  readonly wordsFor: (room: RoomId | null) => Translate;
  readonly titleOf: (room: RoomId) => Promise<string>;
  /** Marks what Telegram told as taken. False: it was taken before. */
  readonly take: (update: number) => boolean;
  readonly unit: Pick<UnitOfWork, "run">;
  readonly onBound: (chat: TelegramChat, by: string) => void;
  readonly onUnbound: (chat: TelegramChat, by: string) => void;
  /** A chat can be written into again. */
  readonly onBack: (room: RoomId) => void;
  /** Null: it is none of ours, or was answered before. */
  readonly command: (room: RoomId, text: string, said: SaidInTelegram) => Promise<CommandAnswer | null>;
  readonly press: (room: RoomId, pressed: PressedInTelegram) => Promise<string>;
  readonly confirmLink: (code: string, who: TelegramAccount) => Promise<"told" | "unknown" | "untold">;
};

/** What people say to the bot, and what comes of it. */
export class ChatDesk implements BotNews {
  readonly #deps: ChatDeskDeps;

  constructor(deps: ChatDeskDeps) {
    this.#deps = deps;
  }

  readonly said = async (said: SaidInTelegram): Promise<void> => {
    const { botName, chats, answersOf, onUnanswered } = this.#deps;
    const read = readSaid(said.text, botName);
    const bound = said.isPrivate ? null : chats.ofChat(said.chat);
    if (read === null || (!said.isPrivate && !isForUs(read, bound))) return;
    const mayAnswer = answersOf.take(String(said.chat)) === "granted";
    if (!mayAnswer && !this.#isDoneUnanswered(read, said, bound)) return;
    const answer = said.isPrivate ? await this.#privately(read, said) : await this.#inGroup(read, said);
    // Nobody else waits for it: Telegram may ask the bot to be silent for minutes, in one chat alone.
    if (answer !== null && mayAnswer) void this.#answer(answer, said).catch(onUnanswered);
  };

  /**
   * Tells whether something is done in a group though no answer to it fits any more: by writing much nobody keeps
   * others from it. Commands are counted by person further on.
   */
  #isDoneUnanswered(
    { what }: SaidToBot,
    { chat, from, isPrivate }: SaidInTelegram,
    bound: TelegramChat | null,
  ): boolean {
    if (what === "command") return bound !== null;
    if (isPrivate || (what !== "bind" && what !== "unbind")) return false;
    return this.#deps.answersOf.take(`${chat} ${from.id}`) === "granted";
  }

  async #answer(answer: CommandAnswer, { chat, message }: SaidInTelegram): Promise<void> {
    const { api } = this.#deps;
    if (answer === "done") return api.nod(chat, message);
    for (const html of messagesOf(answer.lines)) await api.answer(chat, message, html);
  }

  readonly pressed = async (pressed: PressedInTelegram): Promise<string> => {
    const { chats, press } = this.#deps;
    const room = chats.ofChat(pressed.chat)?.room;
    return room === undefined ? "" : press(room, pressed);
  };

  readonly became = async (chat: number, isThere: boolean): Promise<void> => {
    const { chats, api, onStillLost } = this.#deps;
    const bound = chats.ofChat(chat);
    // That the bot is out is noticed where something is to be written there, and told then.
    if (!bound || !isThere) return;
    const look = await api.look(chat).catch(() => null);
    if (look) return this.#isBack(chat, look);
    void api
      .lookAgain(chat)
      .then((again) => this.#isBack(chat, again))
      .catch((error: unknown) => onStillLost(bound, error));
  };

  #isBack(chat: number, look: ChatLook): void {
    const { chats, onBack } = this.#deps;
    const bound = chats.ofChat(chat);
    if (!bound) return;
    chats.learn(chat, look);
    onBack(bound.room);
  }

  readonly moved = (from: number, to: number): void => {
    const { chats, onBack } = this.#deps;
    const bound = chats.ofChat(from);
    if (!bound) return;
    chats.migrated(from, to);
    onBack(bound.room);
  };

  async #privately(read: SaidToBot, { update, from }: SaidInTelegram): Promise<CommandAnswer | null> {
    const { wordsFor, confirmLink, take } = this.#deps;
    const t = wordsFor(null);
    if (!take(update)) return null;
    switch (read.what) {
      case "words":
        return { lines: [t(`telegram.link.${await confirmLink(read.text, from)}`)] };
      case "command": {
        const [word = "", code = ""] = read.words;
        if (meaningOf(word, ["command.word.link"]) === null) return { lines: [t("telegram.chat.groups-only")] };
        return { lines: [t(`telegram.link.${await confirmLink(code, from)}`)] };
      }
      case "hello":
        return { lines: [t("telegram.chat.hello")] };
      default:
        return { lines: [t("telegram.chat.groups-only")] };
    }
  }

  async #inGroup(read: SaidToBot, said: SaidInTelegram): Promise<CommandAnswer | null> {
    const { chats, wordsFor, command } = this.#deps;
    const bound = chats.ofChat(said.chat);
    switch (read.what) {
      case "bind":
        return this.#bind(read.code, said);
      case "unbind":
        return this.#unbind(bound, said);
      case "command":
        return bound ? command(bound.room, read.text, said) : { lines: [wordsFor(null)("telegram.chat.no-room")] };
      case "hello":
        return { lines: [wordsFor(bound?.room ?? null)("telegram.chat.hello")] };
      case "words":
        return null;
    }
  }

  async #bind(code: string, said: SaidInTelegram): Promise<CommandAnswer | null> {
    const { chats, api, now, unit, titleOf } = this.#deps;
    const before = chats.ofChat(said.chat);
    if (!chats.hasCode(code, now())) return this.#told(said, "telegram.chat.no-code", before?.room);
    if (!(await this.#administers(said))) return this.#told(said, "telegram.chat.not-administrator");
    const look = await api.look(said.chat);
    const bound = unit.run(() => this.#bindNow(code, look, said));
    if (bound === null || "lines" in bound) return bound;
    return { lines: [this.#deps.wordsFor(bound.room)("telegram.chat.bound", { room: await titleOf(bound.room) })] };
  }

  /** All of it, or nothing: a chat that is bound reads along, and the room is told so. */
  #bindNow(code: string, look: ChatLook, said: SaidInTelegram): TelegramChat | CommandAnswerLines | null {
    const { chats, outbox, now, take, wordsFor, onBound, onUnbound } = this.#deps;
    if (!take(said.update)) return null;
    const before = chats.ofChat(said.chat);
    const bound = chats.bind(code, { chat: said.chat, ...look }, now());
    if (!bound) return { lines: [wordsFor(before?.room ?? null)("telegram.chat.no-code")] };
    outbox.forget(bound.room);
    if (before && before.room !== bound.room) {
      outbox.forget(before.room);
      onUnbound(before, accountName(said.from));
    }
    onBound(bound, accountName(said.from));
    return bound;
  }

  async #unbind(bound: TelegramChat | null, said: SaidInTelegram): Promise<CommandAnswer | null> {
    const { chats, outbox, unit, take, wordsFor, onUnbound } = this.#deps;
    if (!bound) return this.#told(said, "telegram.chat.no-room");
    const { room } = bound;
    if (!(await this.#administers(said))) return this.#told(said, "telegram.chat.not-administrator", room);
    return unit.run(() => {
      if (!take(said.update)) return null;
      chats.unbind(room);
      outbox.forget(room);
      onUnbound(bound, accountName(said.from));
      return { lines: [wordsFor(room)("telegram.chat.unbound")] };
    });
  }

  /** One sentence; null: it was told before. */
  #told({ update }: SaidInTelegram, key: DeskSentence, room: RoomId | null = null): CommandAnswerLines | null {
    const { take, wordsFor } = this.#deps;
    return take(update) ? { lines: [wordsFor(room)(key)] } : null;
  }

  async #administers({ chat, from, asChat }: SaidInTelegram): Promise<boolean> {
    return asChat || (await this.#deps.api.isAdministrator(chat, from.id));
  }
}

/**
 * Tells whether something in a group is said to this bot. In a chat of no room others are spoken to as well, and a
 * command without a name may be theirs; a code to bind it is ours alone.
 */
function isForUs({ what, named }: SaidToBot, bound: TelegramChat | null): boolean {
  return what !== "words" && (bound !== null || named || what === "bind");
}
