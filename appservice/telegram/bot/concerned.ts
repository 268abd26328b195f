import type { RoomId } from "../../protocol/identity.ts";
import type { TelegramChats } from "../../store/telegram-chats.ts";
import type { TelegramLinks } from "../../store/telegram-links.ts";
import { readSaid } from "./read-said.ts";

export type ConcernedDeps = {
  readonly chats: Pick<TelegramChats, "ofChat" | "hasCode">;
  readonly links: Pick<TelegramLinks, "hasCode">;
  readonly botName: string;
  readonly isOurs: (room: RoomId) => boolean;
  readonly now: () => number;
};

/** Tells whether a chat belongs to a room of this shard, and whether a code in what was said there is of this shard. */
export function concerned(
  chat: number | null,
  text: string,
  { chats, links, botName, isOurs, now }: ConcernedDeps,
): { readonly chat: boolean; readonly code: boolean } {
  const bound = chat === null ? null : chats.ofChat(chat);
  const read = readSaid(text, botName);
  const code =
    read?.what === "bind" ? chats.hasCode(read.code, now()) : wordsIn(read).some((word) => links.hasCode(word, now()));
  return { chat: bound !== null && isOurs(bound.room), code };
}

function wordsIn(read: ReturnType<typeof readSaid>): readonly string[] {
  if (read?.what === "words") return [read.text];
  return read?.what === "command" ? read.words : [];
}
