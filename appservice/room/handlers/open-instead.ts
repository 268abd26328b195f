import type { Logger } from "pino";
import type { Admissions } from "../../admission/admission.ts";
import type { Line } from "../../language/line.ts";
import { translateTo } from "../../language/translate.ts";
import type { Outbox } from "../../journal/outbox.ts";
import type { PostKey } from "../../journal/post-key.ts";
import { ofRoom } from "../../journal/scope.ts";
import type { EventId, Language, ParticipantId, RoomId } from "../../protocol/identity.ts";
import { OPENED_FOR } from "../../protocol/namespace.ts";
import type { KnownRooms } from "../../store/known-rooms.ts";
import { serverOf } from "../facts-from-state.ts";
import type { Homeserver } from "../homeserver.ts";
import { notice } from "../messages/message.ts";
import { openRoomLike } from "../open-room.ts";
import type { RoomFacts } from "../room-facts.ts";
import { type SayDeps, sayInRoom } from "../say-in-room.ts";

/** Sign by which a moderator asks for an open room. Clients send reactions unencrypted, also in encrypted rooms. */
export const OPEN_SIGN = "🔓";

/** Tells an encrypted room why the bot does nothing there, and puts the sign to press under it. */
export function sayClosed(
  room: RoomId,
  key: { readonly kind: "greeting" | "encrypted"; readonly event: EventId },
  lines: readonly Line[],
  deps: SayDeps,
): void {
  const sign: PostKey = { kind: "open-sign", event: key.event };
  sayInRoom(room, key, lines, deps, [
    { scope: ofRoom(room), key: sign, room, thread: key, type: "m.reaction", content: { key: OPEN_SIGN } },
  ]);
}

export type OpenInsteadDeps = {
  readonly admissions: Pick<Admissions, "here">;
  readonly homeserver: Pick<
    Homeserver,
    "botId" | "state" | "joinedRooms" | "stateContent" | "createRoom" | "invite" | "send" | "leave"
  >;
  readonly facts: Pick<RoomFacts, "hasBot" | "creatorOf" | "peopleIn">;
  readonly knownRooms: Pick<KnownRooms, "moveChoices">;
  readonly languageOf: (room: RoomId) => Language;
  readonly log: Logger;
};

/** Asks for an open room in place of an encrypted one. */
export type OpenWish = { readonly room: RoomId; readonly event: EventId; readonly who: ParticipantId };

export type AskForOpenDeps = {
  readonly outbox: Pick<Outbox, "postOf">;
  readonly isClosed: (room: RoomId) => Promise<boolean>;
  readonly openInstead: (wish: OpenWish) => Promise<void>;
};

/** Takes the sign under what the bot said in an encrypted room as the wish for an open one. True where it is one. */
export async function asksForOpen(
  wish: OpenWish,
  { key, target }: { readonly key: string; readonly target: EventId },
  { outbox, isClosed, openInstead }: AskForOpenDeps,
): Promise<boolean> {
  if (key.replace(/\u{FE0F}/gu, "") !== OPEN_SIGN) return false;
  const post = outbox.postOf(target);
  if (post?.scope.kind !== "room" || (post.key.kind !== "greeting" && post.key.kind !== "encrypted")) return false;
  if (await isClosed(wish.room)) await openInstead(wish);
  return true;
}

/**
 * Makes an open room like the encrypted one, invites its people, says there where to go, and leaves it. After a crash
 * it goes on where it was: the room that was made is found again. Anybody but a moderator asks in vain: all would be
 * invited.
 */
export async function openInstead({ room, event, who }: OpenWish, deps: OpenInsteadDeps): Promise<void> {
  const { admissions, homeserver, facts, knownRooms, languageOf } = deps;
  if (!(await facts.hasBot(room)) || !(await admissions.here(room, who, "reaction")).rights.moderates) return;
  const open = (await openedFor(room, deps)) ?? (await make(room, deps));
  knownRooms.moveChoices(room, open);
  // The asker comes first: other people's servers may be slow.
  const people = (await facts.peopleIn(room)).filter((id) => id !== homeserver.botId && id !== who);
  await inviteAll(open, [who, ...people], deps);
  const t = translateTo(languageOf(room));
  const via = encodeURIComponent(serverOf(homeserver.botId));
  const href = `https://matrix.to/#/${encodeURIComponent(open)}?via=${via}`;
  const content = notice([t("room.opened"), { link: t("room.opened-link"), href }]);
  await homeserver.send(room, "m.room.message", `mm-opened-${event}`, content);
  await homeserver.leave(room);
}

async function make(room: RoomId, { homeserver }: OpenInsteadDeps): Promise<RoomId> {
  return homeserver.createRoom(openRoomLike(room, await homeserver.state(room), homeserver.botId));
}

/** The open room that the bot has made for this one before. Others' rooms may say the same of themselves. */
async function openedFor(room: RoomId, { homeserver, facts }: OpenInsteadDeps): Promise<RoomId | null> {
  for (const each of await homeserver.joinedRooms()) {
    const create = await homeserver.stateContent(each, "m.room.create", "");
    const claimed = (create as { readonly [OPENED_FOR]?: unknown } | null)?.[OPENED_FOR];
    if (claimed === room && (await facts.creatorOf(each)) === homeserver.botId) return each;
  }
  return null;
}

/** Invites all who are not there yet. One whose server does not answer is left to the moderators. */
async function inviteAll(
  open: RoomId,
  people: readonly ParticipantId[],
  { homeserver, facts, log }: OpenInsteadDeps,
): Promise<void> {
  const there = new Set(await facts.peopleIn(open));
  for (const who of people.filter((id) => !there.has(id)))
    await homeserver
      .invite(open, who)
      .catch((error: unknown) => log.warn({ room: open, who, err: error }, "somebody could not be invited"));
}
