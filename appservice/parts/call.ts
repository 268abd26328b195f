import { type Calls, createCalls } from "../call/calls.ts";
import { type CirclePlace, ringAt, roomAt } from "../protocol/place.ts";
import { livekitConnection } from "../call/options.ts";
import { CallNames } from "../store/call-names.ts";
import type { Encryption } from "./encryption.ts";
import type { Ground } from "./ground.ts";
import type { Rooms } from "./rooms.ts";
import type { Truth } from "./truth.ts";
import { wallClock } from "../time/time.ts";

type CallDeps = Ground &
  Pick<Truth, "stores" | "guard" | "assemblies"> &
  Pick<Rooms, "admissions"> & { readonly encryption: Encryption | null };

/**
 * Most people of one call who come with a microphone, more than a circle has; all others are given one with their turn.
 */
const MOST_VOICES = 24;

/** The rooms' calls; events in them are told as news. */
export function createCall(deps: CallDeps): Calls {
  const { loaded, log, own, metrics, news, stores, guard, assemblies, admissions, outside } = deps;
  const keys = deps.encryption?.mediaKeys;
  const names = new CallNames({
    db: stores.db,
    now: wallClock,
    onNotKept: (error) => {
      if (!guard.failed(error)) throw error;
    },
  });
  news.on("storage-back", () => names.keepUnkept());
  const calls = createCalls({
    livekit: livekitConnection(loaded.config.livekit, loaded.folder),
    reached: outside.livekit,
    log,
    names,
    keys,
    onMoved: (place, needsNewKey) => {
      // Before anybody asks for the way into the call that goes on: whoever was put out has no key of it.
      if (needsNewKey) keys?.renew(roomAt(place));
      news.emit("call-moved", place);
    },
    onPresence: ({ place, participant, connected }) => news.emit("presence", place, participant, connected),
    onViolation: ({ place, participant, what }) => news.emit("out-of-turn", place, participant, what),
    // Many microphones in one call, muted or not, are more than it can hold: each is offered to everybody.
    hasVoice: (place, who, inCall) =>
      inCall < MOST_VOICES && (ringAt(place) === null || assemblies.hasSeat(roomAt(place), who)),
    isOurs: (room) => own.has(room),
    gathers: (room) => assemblies.of(room)?.phase === "gathering",
    mayBeIn: (place, who) => admissions.mayBeIn(roomAt(place), who),
    onStatus: ({ place, state }) => {
      log.info({ room: roomAt(place), ring: ringAt(place) ?? undefined, state }, "state of the call");
      news.emit("call-state", place, state);
    },
  });
  metrics.seeLiveKit(() => calls.away() !== null);
  return calls;
}

/** Closes every microphone of a room's call; where that fails, the log says so. */
export function muting(calls: Pick<Calls, "muteAll">, log: Ground["log"]): (place: CirclePlace) => void {
  return (place) =>
    void calls
      .muteAll(place)
      .catch((error: unknown) => log.warn({ room: roomAt(place), err: error }, "not every microphone could be closed"));
}
