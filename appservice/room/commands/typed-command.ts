import type { Outbox } from "../../journal/outbox.ts";
import type { PostKey } from "../../journal/post-key.ts";
import { ofRoom } from "../../journal/scope.ts";
import type { EventId, RoomId } from "../../protocol/identity.ts";
import { type RoomEventOf, wordsOf } from "../room-event.ts";
import { readCommand } from "./registry.ts";

export function isCommand({ content }: Pick<RoomEventOf<"m.room.message">, "content">): boolean {
  return content.msgtype === "m.text" && readCommand(wordsOf(content)) !== null;
}

export type KnownCommandDeps = { readonly outbox: Pick<Outbox, "isKnown"> };

/** Tells whether a message was a command, carried out or not. */
export function wasCommand(room: RoomId, eventId: EventId, deps: KnownCommandDeps): boolean {
  return wasCarriedOut(room, eventId, deps) || deps.outbox.isKnown(ofRoom(room), refusalKey(eventId));
}

export function wasCarriedOut(room: RoomId, eventId: EventId, { outbox }: KnownCommandDeps): boolean {
  return outbox.isKnown(ofRoom(room), answerKey(eventId));
}

/** Key of the answer to a command that was carried out. */
export const answerKey = (event: EventId): PostKey => ({ kind: "answer", event });
/** Key of the answer to one that was not. */
export const refusalKey = (event: EventId): PostKey => ({ kind: "refused", event });
