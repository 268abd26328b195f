import type { Logger } from "pino";
import { isToldOfChat } from "../circle/agreement.ts";
import type { Meeting } from "../circle/meeting.ts";
import type { Post } from "../journal/post.ts";
import { formatPostKey, type PostKey } from "../journal/post-key.ts";
import type { Translate } from "../language/translate.ts";
import type { MeetingId, RoomId } from "../protocol/identity.ts";
import type { RoomFacts } from "../room/room-facts.ts";
import type { TelegramChat, TelegramChats } from "../store/telegram-chats.ts";
import type { ChatOutbox } from "../telegram/bot/chat-outbox.ts";
import { inTurn } from "../upkeep.ts";
import { ANNOUNCEMENT, announcement, keysInChat, telegramMessages } from "./telegram-messages.ts";

type TelegramRecordDeps = {
  readonly chats: Pick<TelegramChats, "ofRoom">;
  readonly outbox: ChatOutbox;
  readonly facts: Pick<RoomFacts, "isEncrypted" | "titleOf">;
  readonly urlOf: (room: RoomId, meeting: MeetingId) => string | null;
  readonly tFor: (room: RoomId) => Translate;
  /** Something is to be sent into the chat of this room. */
  readonly wake: (room: RoomId) => void;
  readonly log: Logger;
};

export type TelegramRecord = {
  readonly want: (meeting: Meeting, posts: readonly Post[]) => void;
  readonly review: (meeting: Meeting, wanted: readonly PostKey[]) => void;
  /** Name of a room, as it was when something of it was last wanted. */
  readonly titleOf: (room: RoomId) => string;
  readonly stop: () => Promise<void>;
};

/** The record of meetings as it should stand in the chats that belong to their rooms. */
export function telegramRecord({ chats, outbox, facts, urlOf, tFor, wake, log }: TelegramRecordDeps): TelegramRecord {
  const titles = new Map<RoomId, string>();
  /** The room's chat, where the meeting is of the time in which it has it; null where it has none. */
  const chatOf = (meeting: Meeting): TelegramChat | null => {
    const chat = chats.ofRoom(meeting.roomId);
    if (!chat || chat.lost === "deleted") return null;
    const isOfIt = meeting.phase !== "ended" || meeting.endedAt >= chat.boundAt || outbox.knows(meeting.id);
    return isOfIt ? chat : null;
  };
  /** Nobody's words go where they were not told. What has begun to be written goes on, so that words which are taken back leave it. */
  const mayHaveRecord = (meeting: Meeting, { boundAt }: TelegramChat) =>
    outbox.hasMoreThan(ANNOUNCEMENT, meeting.id) || isToldOfChat(meeting, boundAt);
  const writing = inTurn(
    (work: () => Promise<void>) => work(),
    (error) => log.error({ err: error }, "the record could not be prepared for a chat in Telegram"),
  );
  return {
    want: (meeting, posts) => {
      const { id, roomId: room } = meeting;
      if (!chatOf(meeting)) return;
      writing.soon(async () => {
        if (await facts.isEncrypted(room)) return;
        const title = await facts.titleOf(room);
        // Looked for anew: the room may have been replaced meanwhile, and its chat be another's.
        const chat = chatOf(meeting);
        if (!chat) return;
        titles.set(chat.room, title);
        const announced = announcement(meeting, { room: title, url: urlOf(room, id), t: tFor(room) });
        const told = posts.filter(({ key }) => key.kind !== "carried" || outbox.hasMoreThan(ANNOUNCEMENT, key.meeting));
        const record = mayHaveRecord(meeting, chat) ? telegramMessages(told) : [];
        if (outbox.want(chat.room, id, [announced, ...record])) wake(chat.room);
      });
    },
    review: (meeting, wanted) => {
      if (!chatOf(meeting)) return;
      writing.soon(async () => {
        const chat = chatOf(meeting);
        const keys = new Set([...wanted.flatMap((key) => keysInChat(formatPostKey(key))), ANNOUNCEMENT]);
        if (chat && outbox.review(meeting.id, keys)) wake(chat.room);
      });
    },
    titleOf: (room) => titles.get(room) ?? "",
    stop: () => writing.stop(),
  };
}
