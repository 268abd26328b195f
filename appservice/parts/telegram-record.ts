import type { Logger } from "pino";
import { isToldOfChat } from "../circle/agreement.ts";
import { type Assembly, guestsIdOf } from "../assembly/assembly.ts";
import { endOf, type Meeting } from "../circle/meeting.ts";
import type { Assemblies } from "../journal/assemblies.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { Post } from "../journal/post.ts";
import { formatPostKey, type PostKey } from "../journal/post-key.ts";
import type { Translate } from "../language/translate.ts";
import type { MeetingId, RingNumber, RoomId } from "../protocol/identity.ts";
import type { RoomFacts } from "../room/room-facts.ts";
import type { TelegramChat, TelegramChats } from "../store/telegram-chats.ts";
import { ANNOUNCEMENT } from "../store/telegram-forgotten.ts";
import type { ChatOutbox } from "../telegram/bot/chat-outbox.ts";
import { inTurn } from "../upkeep.ts";
import { announcement, keysInChat, telegramMessages } from "./telegram-messages.ts";

type TelegramRecordDeps = {
  readonly chats: Pick<TelegramChats, "ofRoom">;
  readonly outbox: ChatOutbox;
  readonly meetings: Pick<Meetings, "isKept">;
  readonly assemblies: Pick<Assemblies, "isKept">;
  readonly facts: Pick<RoomFacts, "isEncrypted" | "titleOf">;
  /** Address that opens a meeting, or the assembly of which it is a group. */
  readonly urlOf: (room: RoomId, meeting: MeetingId, ring?: RingNumber) => string | null;
  readonly tFor: (room: RoomId) => Translate;
  /** Something is to be sent into the chat of this room. */
  readonly wake: (room: RoomId) => void;
  readonly log: Logger;
};

type OfChat = { readonly id: MeetingId; readonly roomId: RoomId; readonly endedAt: number | null };

export type TelegramRecord = {
  /** `ring`: that of the assembly whose meeting it is. */
  readonly want: (meeting: Meeting, posts: readonly Post[], ring?: RingNumber) => void;
  /** Announces an assembly, which people of the chat can open as they open a circle; none of its words. */
  readonly announce: (assembly: Assembly) => void;
  readonly review: (meeting: Meeting, wanted: readonly PostKey[]) => void;
  /** Name of a room, as it was when something of it was last wanted. */
  readonly titleOf: (room: RoomId) => string;
  readonly stop: () => Promise<void>;
};

/** The record of meetings as it should stand in the chats that belong to their rooms. */
export function telegramRecord(deps: TelegramRecordDeps): TelegramRecord {
  const { chats, outbox, meetings, assemblies, facts, urlOf, tFor, wake, log } = deps;
  const titles = new Map<RoomId, string>();
  /** The room's chat, where the meeting is of the time in which it has it; null where it has none. */
  const chatOf = (meeting: OfChat): TelegramChat | null => {
    const chat = chats.ofRoom(meeting.roomId);
    if (!chat || chat.lost === "deleted") return null;
    const { id, endedAt } = meeting;
    return endedAt === null || endedAt >= chat.boundAt || outbox.knows(id) ? chat : null;
  };
  /**
   * Nobody's words go where they were not told. What has begun to be written goes on, so that words which are taken
   * back leave it.
   */
  const mayHaveRecord = (meeting: Meeting, { boundAt }: TelegramChat) =>
    outbox.hasMoreThan(ANNOUNCEMENT, meeting.id) || isToldOfChat(meeting, boundAt);
  const writing = inTurn(
    (work: () => Promise<void>) => work(),
    (error) => log.error({ err: error }, "the record could not be prepared for a chat in Telegram"),
  );
  return {
    want: (meeting, posts, ring) => {
      const { id, roomId: room } = meeting;
      const ofChat = { id, roomId: room, endedAt: endOf(meeting) };
      if (!chatOf(ofChat)) return;
      writing.soon(async () => {
        if (await facts.isEncrypted(room)) return;
        const title = await facts.titleOf(room);
        // It may have been forgotten meanwhile: what stands of it in the chat may have to go.
        if (!meetings.isKept(id)) return wake(room);
        // Looked for anew: the room may have been replaced meanwhile, and its chat be another's.
        const chat = chatOf(ofChat);
        if (!chat) return;
        titles.set(chat.room, title);
        const what = ring === undefined ? "circle" : { group: ring };
        const announced = announcement(meeting, what, { room: title, url: urlOf(room, id, ring), t: tFor(room) });
        const told = posts.filter(({ key }) => key.kind !== "carried" || outbox.hasMoreThan(ANNOUNCEMENT, key.meeting));
        const record = mayHaveRecord(meeting, chat) ? telegramMessages(told) : [];
        if (outbox.want(chat.room, id, [announced, ...record])) wake(chat.room);
      });
    },
    announce: (assembly) => {
      const { roomId: room, phase } = assembly;
      const ofChat = {
        id: guestsIdOf(assembly),
        roomId: room,
        endedAt: phase === "ended" ? assembly.endedAt : null,
      };
      if (!chatOf(ofChat)) return;
      writing.soon(async () => {
        if (await facts.isEncrypted(room)) return;
        const title = await facts.titleOf(room);
        if (!assemblies.isKept(assembly.id)) return wake(room);
        const chat = chatOf(ofChat);
        if (!chat) return;
        titles.set(chat.room, title);
        const url = urlOf(room, ofChat.id);
        const announced = announcement(assembly, "assembly", { room: title, url, t: tFor(room) });
        if (outbox.want(chat.room, ofChat.id, [announced])) wake(chat.room);
      });
    },
    review: (meeting, wanted) => {
      const ofChat = { id: meeting.id, roomId: meeting.roomId, endedAt: endOf(meeting) };
      if (!chatOf(ofChat)) return;
      writing.soon(async () => {
        const chat = chatOf(ofChat);
        const keys = new Set([...wanted.flatMap((key) => keysInChat(formatPostKey(key))), ANNOUNCEMENT]);
        if (chat && outbox.review(meeting.id, keys)) wake(chat.room);
      });
    },
    titleOf: (room) => titles.get(room) ?? "",
    stop: () => writing.stop(),
  };
}
