import type { Calls } from "../call/calls.ts";
import { Allowance } from "../admission/allowance.ts";
import { dayNamedBy } from "../minutes/tasks/day-named.ts";
import { COMMANDS_A_MINUTE, Facilitator } from "../room/facilitator.ts";
import type { Ground } from "./ground.ts";
import type { Housekeeping } from "./housekeeping.ts";
import type { Results } from "./results.ts";
import type { Rooms } from "./rooms.ts";
import type { Truth } from "./truth.ts";
import type { RoomId } from "../protocol/identity.ts";
import { randomBelow } from "../time/chance.ts";
import { wallClock } from "../time/time.ts";

type FacilitationDeps = Ground &
  Truth &
  Rooms &
  Pick<Results, "tasks"> &
  Pick<Housekeeping, "retention"> & { readonly muteAll: (room: RoomId) => void };

/** The door of the room: messages, reactions and changes there. */
export function createFacilitation(deps: FacilitationDeps): Facilitator {
  const { loaded, log, now, metrics, news, stores, unit, tasks, meetingState, muteAll, retention } = deps;
  const { config } = loaded;
  const { homeserver, facts, admissions, sight, poster, scenarios, checkScenario, meetings, guard, languageOf } = deps;
  const { inbox, outbox, knownRooms, links, signIns, reactions } = stores;
  return new Facilitator({
    homeserver,
    facts,
    admissions,
    sight,
    inbox,
    outbox,
    poster,
    meetings,
    knownRooms,
    links,
    signIns,
    signOut: (who) => void news.emit("signed-out", who),
    reactions,
    guard,
    scenarios,
    checkScenario,
    languageOf,
    now,
    wallClock,
    seed: chance,
    log,
    publicUrl: config.service.publicUrl,
    tasksOf: tasks.ofRoom,
    dayNamed: dayNamedBy(config.minutes),
    onGone: (room, who) => void news.emit("left-room", room, who),
    muteAll: (room) => unit.afterCommit(() => muteAll(room)),
    stateSettled: (room) => meetingState.settled(room),
    onRetention: (room) => retention([room]),
    onClosed: (room) => meetingState.forget(room),
    onOpened: (room) => void news.emit("room-opened", room),
    onMalformed: (type) => metrics.malformedEvents.inc({ type }),
    commandsOf: new Allowance(COMMANDS_A_MINUTE, now),
  });
}

/** Draws the order of a ring, and whatever else is left to chance; the journal keeps the draw. */
export function chance(): number {
  return randomBelow(2 ** 32);
}

/** Closes every microphone of a room's call; where that fails, the log says so. */
export function muting(calls: Pick<Calls, "muteAll">, log: Ground["log"]): (room: RoomId) => void {
  return (room) =>
    void calls
      .muteAll(room)
      .catch((error: unknown) => log.warn({ room, err: error }, "not every microphone could be closed"));
}
