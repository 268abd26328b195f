import type { StillInChat } from "../../admission/telegram.ts";
import { isOfTelegram, type ParticipantId, type RoomId } from "../../protocol/identity.ts";
import type { TelegramChats } from "../../store/telegram-chats.ts";
import { userOf } from "./account.ts";
import type { ChatPeople } from "./chat-people.ts";

/** `left-chat`: they are in the chat no more; `unbound`: no chat belongs to the room any more. */
export type WhyGone = "left-chat" | "unbound";

export type StillInChatDeps = {
  readonly chats: Pick<TelegramChats, "ofRoom">;
  readonly inChat: Pick<ChatPeople, "isIn">;
  readonly onGone: (room: RoomId, who: ParticipantId, why: WhyGone) => void;
};

/** Where Telegram does not say, they stay. */
export function askStillInChat({ chats, inChat, onGone }: StillInChatDeps): StillInChat {
  return async (room, who) => {
    if (!isOfTelegram(who)) return true;
    const bound = chats.ofRoom(room);
    if (bound && (await inChat.isIn(bound.chat, userOf(who))) !== "out") return true;
    onGone(room, who, bound ? "left-chat" : "unbound");
    return false;
  };
}
