import { resolve } from "node:path";
import type { Router } from "express";
import type { Calls } from "../call/calls.ts";
import type { SteadyClock } from "../clock.ts";
import { forgetRoom } from "../move/forget-room.ts";
import type { RoomStore } from "../move/pack-room.ts";
import { shardDoor } from "../move/shard-door.ts";
import { telegramDoor } from "../move/telegram-door.ts";
import { chatIn } from "../route/telegram-door.ts";
import { ShardRooms } from "../move/shard-rooms.ts";
import type { Projections } from "../projections.ts";
import type { RoomId } from "../protocol/identity.ts";
import type { Facilitator } from "../room/facilitator.ts";
import { endsWithin } from "../time/ends-within.ts";
import type { Listening } from "../scribe/listening.ts";
import { wordKeysOf } from "../store/word-keys.ts";
import type { Ground } from "./ground.ts";
import type { Results } from "./results.ts";
import type { Rooms } from "./rooms.ts";
import type { TelegramBotPart } from "./telegram-bot.ts";
import type { Truth } from "./truth.ts";

type MovesDeps = Ground &
  Truth &
  Rooms &
  Pick<Results, "tasks"> & {
    readonly clock: SteadyClock;
    readonly calls: Calls;
    readonly listening: Listening;
    readonly facilitator: Facilitator;
    readonly projections: Projections;
    readonly telegramBot: TelegramBotPart | null;
  };

/**
 * Doors by which the router moves rooms to this shard and from it, and asks whose a chat in Telegram is; null where the
 * service is no shard of a router.
 */
export function createMoves(deps: MovesDeps): Router | null {
  const { loaded, log, now, own, stores, facts, facilitator } = deps;
  if (!loaded.config.service.shard?.router) return null;
  const rooms = new ShardRooms({
    db: stores.db,
    store: roomStore(deps),
    own,
    isEncrypted: (room) => facts.isEncrypted(room),
    idleIn: (room) => facilitator.idleIn(room),
    letGo: (room) => letGo(room, deps),
    comeIn: (room, since) => comeIn(room, since, deps),
    now,
    log,
  });
  const { telegramBot } = deps;
  const hsToken = loaded.registration.hs_token;
  const door = shardDoor(rooms, hsToken);
  if (telegramBot)
    door.use(
      telegramDoor(
        {
          concerned: (told) => telegramBot.concerned(chatIn(told), told.message?.text ?? ""),
          left: (chat) => telegramBot.left(chat),
        },
        hsToken,
      ),
    );
  return door;
}

/** Takes away, before anything starts, what is here of rooms that the router gave to others. */
export async function leaveMovedRooms(gone: readonly RoomId[], deps: Pick<Ground, "loaded"> & Truth): Promise<void> {
  for (const room of gone) {
    await forgetRoom(deps.stores.db, roomStore(deps), room);
    deps.meetings.letGo(room);
    deps.assemblies.letGo(room);
  }
}

function roomStore({ loaded, stores }: Pick<Ground, "loaded"> & Pick<Truth, "stores">): RoomStore {
  const { db, withdrawals, spoolFolder, audioFolder, audio } = stores;
  return {
    database: resolve(loaded.folder, loaded.config.database),
    wordKeys: wordKeysOf(db),
    withdrawals,
    spoolFolder,
    audioFolder,
    audioOf: (room) => audio.folderOf(room),
  };
}

/**
 * Longest wait for what is under way: a message that is on its way to a slow homeserver is sent again by whoever has
 * the room then, under the same transaction id.
 */
const ENDS_WITHIN_MS = 500;

/** Nothing is written of the room from the first line on; what is under way ends meanwhile. */
async function letGo(room: RoomId, deps: MovesDeps): Promise<void> {
  const { meetings, assemblies, calls, listening, poster, meetingState, stores, carried } = deps;
  const of = meetings.all().flatMap(({ meeting }) => (meeting.roomId === room ? [meeting.id] : []));
  const speech = listening.letGo(of);
  meetings.letGo(room);
  assemblies.letGo(room);
  stores.exportedTasks.letGo(room);
  carried.forget(room);
  meetingState.forget(room);
  const rest = [poster.letGo(room), calls.letGo(room), meetingState.settled(room)];
  await Promise.all([
    speech,
    endsWithin(
      ENDS_WITHIN_MS,
      Promise.all(rest).then(() => {}),
    ),
  ]);
}

function comeIn(room: RoomId, since: number, deps: MovesDeps): void {
  const { meetings, assemblies, ringMeetings, listening, poster, stores, carried, facts, calls, clock, now } = deps;
  const { outbox, exportedTasks } = stores;
  outbox.readAnew();
  exportedTasks.comeIn(room);
  carried.forget(room);
  facts.forget(room);
  calls.comeIn(room);
  clock.notBefore(since);
  meetings.comeIn(room, since);
  assemblies.comeIn(room, since);
  ringMeetings.comeIn(room);
  meetings.unwritten();
  for (const live of meetings.all()) {
    if (live.meeting.roomId !== room) continue;
    listening.comeIn(live, since, now());
    deps.projections.project(live);
  }
  poster.opened(room);
  deps.telegramBot?.wake(room);
  deps.tasks.wake();
}
