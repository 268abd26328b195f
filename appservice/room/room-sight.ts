import type { Logger } from "pino";
import type { RoomChange, RoomPast } from "../store/room-past.ts";
import { type Sight, sightOf, sightSince } from "../store/sight.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import type { StateEvent } from "./homeserver-events.ts";
import type { RoomEventOf } from "./room-event.ts";
import { changesFrom } from "./room-changes.ts";
import { membershipIn, visibilityIn } from "./state-values.ts";
import type { PastOfHomeserver } from "./ports.ts";
import { clearTimer, startTimer } from "../time/time.ts";

type Deps = {
  readonly homeserver: PastOfHomeserver;
  readonly past: RoomPast;
  readonly log: Logger;
  readonly now: () => number;
};
type Told = RoomEventOf<"m.room.member"> | RoomEventOf<"m.room.history_visibility">;

/** Milliseconds to wait for a room's past; until it is known, nothing of it is shown. */
const PATIENCE_MS = 1_500;
const AGAIN_AFTER_MS = 10_000;

/**
 * Sight of a room's past that its people have: noted down as the homeserver tells it; older changes are asked for once.
 */
export class RoomSight {
  readonly #options: Deps;
  readonly #reading = new Map<RoomId, { readonly done: Promise<void>; readonly since: number }>();

  constructor(options: Deps) {
    this.#options = options;
  }

  learn(event: Told): void {
    const { past, now } = this.#options;
    const who = event.type === "m.room.member" ? event.state_key : null;
    const value = event.type === "m.room.member" ? event.content.membership : visibilityIn(event.content);
    past.note(event.room_id, [{ at: now(), who, value, eventId: event.event_id }]);
  }

  /**
   * Compares the past with the room's state as it was just read: changes that the homeserver failed to tell us hold
   * from now on.
   */
  compare(room: RoomId, state: readonly StateEvent[]): void {
    const { past, now } = this.#options;
    // The state does not tell since when it holds, unless the past has been read back.
    if (!past.isWhole(room)) return;
    const known = past.now(room);
    past.note(
      room,
      standing(state)
        .filter(({ who, value }) => known.get(who) !== value)
        .map(({ who, value }) => ({ who, value, at: now(), eventId: null })),
    );
  }

  async of(room: RoomId, who: ParticipantId): Promise<Sight> {
    const { past } = this.#options;
    if (!past.isWhole(room)) {
      const { done, since } = this.#readBack(room);
      await within(PATIENCE_MS, done);
      if (!past.isWhole(room)) return sightSince(since);
    }
    return sightOf(past.of(room, who), who);
  }

  /** Asks the homeserver for what was before, once for each room. */
  readBack(room: RoomId): Promise<void> {
    return this.#options.past.isWhole(room) ? Promise.resolve() : this.#readBack(room).done;
  }

  #readBack(room: RoomId) {
    const { log, now } = this.#options;
    const reading = this.#reading.get(room) ?? {
      since: now(),
      done: this.#read(room).then(
        () => void this.#reading.delete(room),
        (error: unknown) => {
          log.warn(
            { room, err: error },
            "it could not be learnt who was in this room before; until then its past meetings are shown to nobody",
          );
          startTimer(() => this.#reading.delete(room), AGAIN_AFTER_MS).unref();
        },
      ),
    };
    this.#reading.set(room, reading);
    return reading;
  }

  async #read(room: RoomId): Promise<void> {
    const { homeserver, past, now } = this.#options;
    const [state, visibilities, members] = await Promise.all([
      homeserver.state(room),
      homeserver.past(room, "m.room.history_visibility"),
      homeserver.past(room, "m.room.member"),
    ]);
    const changes = changesFrom([...visibilities, ...members], { botId: homeserver.botId, now: now() });
    const told = new Set(changes.map(({ who }) => who));
    // Sight of those who came before the bot may see anything is known by the state alone.
    const before = standing(state)
      .filter(({ who }) => !told.has(who))
      .map(({ sentAt, ...change }): RoomChange => ({ ...change, at: Math.min(sentAt ?? now(), now()), eventId: null }));
    past.note(
      room,
      [...before, ...changes].sort((one, other) => one.at - other.at),
    );
    past.whole(room);
  }
}

type Standing = { readonly who: ParticipantId | null; readonly value: string; readonly sentAt: number | undefined };

function standing(state: readonly StateEvent[]): Standing[] {
  return state.flatMap(({ type, state_key, content, origin_server_ts: sentAt }): Standing[] => {
    if (type === "m.room.member") return [{ who: state_key as ParticipantId, value: membershipIn(content), sentAt }];
    return type === "m.room.history_visibility" && state_key === ""
      ? [{ who: null, value: visibilityIn(content), sentAt }]
      : [];
  });
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const enough = Promise.withResolvers<void>();
  const timer = startTimer(enough.resolve, ms);
  await Promise.race([work, enough.promise]);
  clearTimer(timer);
}
