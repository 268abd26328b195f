import { type Assembly, listensIn, memberOf } from "../assembly/assembly.ts";
import type { Calls } from "../call/calls.ts";
import { takesPart } from "../circle/meeting.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import { ChatWatch, WATCH_EVERY_MS, type WhyGone } from "../telegram/door/chat-watch.ts";
import { upkeep } from "../upkeep.ts";
import type { Ground } from "./ground.ts";
import type { Rooms } from "./rooms.ts";
import type { Truth } from "./truth.ts";

type TelegramWatchDeps = Pick<Ground, "log" | "now" | "news"> &
  Pick<Truth, "stores" | "meetings" | "assemblies"> &
  Pick<Rooms, "telegram"> & { readonly calls: Pick<Calls, "connected"> };

/** Keeps looking whether people of Telegram are still in their chats. Resolves `stop` when the last look is over. */
export function watchTelegramChats(deps: TelegramWatchDeps): { readonly stop: () => Promise<void> } {
  const { log, stores, meetings, assemblies, calls, telegram } = deps;
  if (!telegram) return { stop: async () => {} };
  const watch = new ChatWatch({
    chats: stores.telegramChats,
    people: stores.telegramPeople,
    inChat: telegram.inChat,
    isHere: (room, who) =>
      calls.connected(room).includes(who) ||
      isOfAssembly(assemblies.of(room), who) ||
      meetings.placesIn(room).some((place) => {
        const meeting = meetings.of(place)?.meeting;
        return calls.connected(place).includes(who) || (meeting !== undefined && takesPart(meeting, who));
      }),
    onGone: (room, who, why) => gone(room, who, why, deps),
  });
  return upkeep(
    WATCH_EVERY_MS,
    () => watch.look(),
    (error) => log.warn({ err: error }, "it could not be looked at who is still in their chat in Telegram"),
  );
}

/** Takes part, or listens in the gallery. */
function isOfAssembly(assembly: Assembly | null, who: ParticipantId): boolean {
  if (!assembly || assembly.phase === "ended") return false;
  return memberOf(assembly, who) !== null || listensIn(assembly, who) !== null;
}

function gone(
  room: RoomId,
  who: ParticipantId,
  why: WhyGone,
  { log, now, news, stores, meetings, telegram }: TelegramWatchDeps,
): void {
  if (!stores.telegramPeople.become(room, who, "left", now())) return;
  log.info({ room, who, why }, "somebody of Telegram is not in the room's chat any more, and so not in its circle");
  telegram?.tellOf(room, who, (t, name) => t(`telegram.${why}`, { name }));
  for (const place of meetings.placesIn(room)) meetings.send(place, { type: "removed", who, at: now() });
  news.emit("left-room", room, who);
}
