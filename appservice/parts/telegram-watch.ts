import type { Calls } from "../call/calls.ts";
import { ChatWatch, WATCH_EVERY_MS } from "../telegram/door/chat-watch.ts";
import { upkeep } from "../upkeep.ts";
import type { Ground } from "./ground.ts";
import type { Rooms } from "./rooms.ts";
import { sitsInRoom } from "./sits-in-room.ts";
import type { Truth } from "./truth.ts";

type TelegramWatchDeps = Pick<Ground, "log" | "now"> &
  Pick<Truth, "stores" | "meetings" | "assemblies"> &
  Pick<Rooms, "telegram"> & { readonly calls: Pick<Calls, "connected"> };

/** Keeps looking whether people of Telegram are still in their chats. Resolves `stop` when the last look is over. */
export function watchTelegramChats(deps: TelegramWatchDeps): { readonly stop: () => Promise<void> } {
  const { log, now, stores, meetings, calls, telegram } = deps;
  if (!telegram) return { stop: async () => {} };
  const watch = new ChatWatch({
    chats: stores.telegramChats,
    people: stores.telegramPeople,
    stillInChat: telegram.stillInChat,
    hereOf: (room, who) => {
      const isInCall = [room, ...meetings.placesIn(room)].some((place) => calls.connected(place).includes(who));
      if (isInCall || sitsInRoom(room, who, deps)) return "sits";
      return stores.sessions.isOpen(who, room, now()) ? "looks" : "away";
    },
  });
  return upkeep(
    WATCH_EVERY_MS,
    () => watch.look(),
    (error) => log.warn({ err: error }, "it could not be looked at who is still in their chat in Telegram"),
  );
}
