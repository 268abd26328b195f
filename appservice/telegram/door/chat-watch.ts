import { isOfTelegram, type ParticipantId, type RoomId } from "../../protocol/identity.ts";
import type { TelegramChats } from "../../store/telegram-chats.ts";
import type { TelegramPeople } from "../../store/telegram-people.ts";
import { userOf } from "./account.ts";
import type { ChatPeople } from "./chat-people.ts";

/** `left-chat`: they are in the chat no more; `unbound`: no chat belongs to the room any more. */
export type WhyGone = "left-chat" | "unbound";

export type ChatWatchDeps = {
  readonly chats: Pick<TelegramChats, "ofRoom">;
  readonly people: Pick<TelegramPeople, "rooms" | "within">;
  readonly inChat: Pick<ChatPeople, "isIn">;
  /** Tells whether somebody sits in the room's circle or is in its call. */
  readonly isHere: (room: RoomId, who: ParticipantId) => boolean;
  readonly onGone: (room: RoomId, who: ParticipantId, why: WhyGone) => void;
};

/** Milliseconds between two rounds. */
export const WATCH_EVERY_MS = 4_000;
/** Most people of whom one round asks: Telegram answers a bot some 30 times a second, and the bot has more to do. */
const MOST_A_ROUND = 20;

/** Looks at whether people who came by the Mini App are still in the chat that belongs to the room. Where Telegram does not say, they stay. */
export class ChatWatch {
  readonly #deps: ChatWatchDeps;
  #asked = 0;

  constructor(deps: ChatWatchDeps) {
    this.#deps = deps;
  }

  /** One round; of many people the next ones in turn. */
  async look(): Promise<void> {
    const { chats, people, inChat, isHere, onGone } = this.#deps;
    const all = people.rooms().flatMap((room) => people.within(room));
    for (const { room, id } of all) if (!chats.ofRoom(room)) onGone(room, id, "unbound");
    const here = all.filter(({ room, id }) => chats.ofRoom(room) && isHere(room, id));
    const from = here.length > 0 ? this.#asked % here.length : 0;
    const round = [...here.slice(from), ...here.slice(0, from)].slice(0, MOST_A_ROUND);
    this.#asked = from + round.length;
    await Promise.all(
      round.map(async ({ room, id }) => {
        const chat = chats.ofRoom(room);
        if (chat && isOfTelegram(id) && (await inChat.isIn(chat.chat, userOf(id))) === "out")
          onGone(room, id, "left-chat");
      }),
    );
  }
}
