import type { Logger } from "pino";
import { answerOf } from "../circle/agreement.ts";
import type { Inbox, RawEvent } from "../journal/inbox.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import { pause } from "../retry/insist.ts";
import { waitAfter } from "../retry/pace.ts";
import { isStorageFailure, type StorageGuard } from "../store/storage-guard.ts";
import { handle, type RoomHandlers } from "./handlers/handlers.ts";
import type { Homeserver } from "./homeserver.ts";
import { isAway, isForGood } from "./homeserver-failure.ts";
import { HANDLED_TYPES, readEvent, type RoomEvent } from "./room-event.ts";
import type { RoomFacts } from "./room-facts.ts";
import type { RoomEncryption } from "./room-encryption.ts";
import { RoomQueues } from "./room-queues.ts";
import type { RoomSight } from "./room-sight.ts";

export type FacilitatorDeps = {
  /** Null where the bot reads no encrypted rooms. */
  readonly encryption: Pick<RoomEncryption, "works" | "open" | "cameIn"> | null;
  /** Handler of each type of event. */
  readonly handlers: RoomHandlers;
  /** Takes or drops all that waited for somebody's answer, whether their words may be written down. */
  readonly takeWaiting: (room: RoomId, who: ParticipantId) => Promise<void>;
  readonly homeserver: Pick<Homeserver, "botId" | "failsAtThisAlone">;
  readonly facts: Pick<RoomFacts, "learn">;
  readonly sight: Pick<RoomSight, "learn">;
  readonly inbox: Pick<Inbox, "receive" | "waiting" | "takeUp" | "handled">;
  readonly guard: Pick<StorageGuard, "failed" | "untilKept">;
  readonly meetings: Pick<Meetings, "listen" | "all">;
  /** A person is no longer in the room: their session and their place in the call end. */
  readonly onGone: (room: RoomId, who: ParticipantId) => void;
  readonly onMalformed: (type: string) => void;
  readonly now: () => number;
  readonly log: Logger;
};

const TRIES = 5;
const PACE = { firstMs: 1_000, longestMs: 10_000 };

/**
 * The bot in its rooms: keeps what the homeserver sends before it is acknowledged, and hands each event to its handler,
 * room by room in order, until its outcome is kept.
 */
export class Facilitator {
  readonly #deps: FacilitatorDeps;
  readonly #queues = new RoomQueues();
  readonly #stopping = new AbortController();

  constructor(deps: FacilitatorDeps) {
    this.#deps = deps;
    deps.meetings.listen((live, happened) => {
      for (const { event } of happened)
        if (event.type === "agreement-answered") this.#answered(live.meeting.roomId, event.who);
    });
  }

  /** Takes or drops, in its turn, everything that waited for somebody's answer. */
  #answered(room: RoomId, who: ParticipantId): void {
    const { log, takeWaiting, guard } = this.#deps;
    const take = () =>
      this.#insist(
        () => takeWaiting(room, who),
        (error) =>
          log.warn(
            { room, who, err: error },
            "comments that waited for their writer's word could not be read; the next start tries again",
          ),
      );
    this.#queues.inTurn(room, () => guard.untilKept(take, this.#stopping.signal));
  }

  /** Takes up what had been received before the service stopped. */
  start(): void {
    // The age of a kept event is the one that it had on arrival.
    for (const event of this.#deps.inbox.waiting()) this.#enqueue(withoutAge(event));
    for (const { meeting, record } of this.#deps.meetings.all()) {
      for (const who of new Set(record.waiting.map((each) => each.who)))
        if (answerOf(meeting, who) !== null) this.#answered(meeting.roomId, who);
    }
  }

  /** Called with each transaction of the homeserver, before it is acknowledged. Each event is taken up once. */
  receive(events: readonly RawEvent[]): void {
    for (const event of this.#keep(events)) {
      this.#showOutAtOnce(event);
      this.#enqueue(event);
    }
  }

  /** Keeps events before they are acknowledged: the homeserver sends again those that could not be kept. */
  #keep(events: readonly RawEvent[]): RawEvent[] {
    const { inbox, guard, now } = this.#deps;
    try {
      return inbox.receive(events, now());
    } catch (error) {
      guard.failed(error);
      throw error;
    }
  }

  /**
   * Shows out at once a person who is kicked or banned, however busy the room's queue is with earlier events; the rest
   * follows in its order.
   */
  #showOutAtOnce(raw: RawEvent): void {
    const { homeserver, onGone } = this.#deps;
    const event = readEvent(raw);
    if (event?.type !== "m.room.member" || event.state_key === homeserver.botId) return;
    if (event.content.membership !== "leave" && event.content.membership !== "ban") return;
    this.#learn(event);
    onGone(event.room_id, event.state_key);
  }

  /**
   * Learns what is so in the room from now on. Members and the room's visibility are noted at each time: by them it is
   * decided how much each may see of its meetings.
   */
  #learn(event: RoomEvent): void {
    const { facts, sight, encryption } = this.#deps;
    facts.learn(event);
    if (event.type === "m.room.member" && event.content.membership === "join") encryption?.cameIn(event.state_key);
    if (event.type === "m.room.member" || event.type === "m.room.history_visibility") sight.learn(event);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.idle();
  }

  /** Resolves once all that was received has been taken care of. */
  idle(): Promise<void> {
    return this.#queues.idle();
  }

  /** The same of one room. */
  idleIn(room: RoomId): Promise<void> {
    return this.#queues.idleIn(room);
  }

  /** An event whose outcome could not be kept did nothing; it is taken up again when it can. */
  #enqueue(raw: RawEvent): void {
    const work = () => this.#deps.guard.untilKept(() => this.#handleOnce(raw), this.#stopping.signal);
    this.#queues.inTurn(raw.room_id, work);
  }

  /** Takes up an event whose key has come after all. */
  again(raw: RawEvent): void {
    this.#enqueue(raw);
  }

  async #handleOnce(raw: RawEvent): Promise<void> {
    const { inbox, log, encryption } = this.#deps;
    if (raw.type !== "m.room.encrypted" || !encryption?.works()) return this.#handleOpen(raw);
    const openAndHandle = async () => {
      const opened = await encryption.open(raw);
      if (opened === "never") return inbox.handled(raw.event_id);
      if (opened !== "later") await this.#handleOpen(opened);
    };
    return this.#insist(openAndHandle, (error) => {
      log.error({ room: raw.room_id, err: error }, "an encrypted event could not be read");
      inbox.handled(raw.event_id);
    });
  }

  async #handleOpen(raw: RawEvent): Promise<void> {
    const { handlers, inbox, log, onMalformed } = this.#deps;
    const { type } = raw;
    const event = readEvent(raw);
    if (!HANDLED_TYPES.has(type) || !event) {
      if (HANDLED_TYPES.has(type)) onMalformed(type);
      return inbox.handled(raw.event_id);
    }
    const take = async () => {
      inbox.takeUp(event.event_id);
      this.#learn(event);
      await handle(event, handlers);
      inbox.handled(raw.event_id);
    };
    return this.#insist(take, (error) => {
      log.error({ room: event.room_id, type, err: error }, "an event could not be handled");
      inbox.handled(raw.event_id);
    });
  }

  async #insist(work: () => Promise<void>, givenUp: (error: unknown) => void): Promise<void> {
    for (let attempt = 1; !this.#stopping.signal.aborted; attempt++) {
      try {
        return await work();
      } catch (error) {
        if (isStorageFailure(error)) throw error;
        // A command is not lost while the homeserver is away: it waits, and those after it in this room do, too.
        const stuck = attempt >= TRIES && (!isAway(error) || (await this.#deps.homeserver.failsAtThisAlone(error)));
        if (stuck || isForGood(error)) return givenUp(error);
        await pause(waitAfter(attempt, PACE), this.#stopping.signal);
      }
    }
  }
}

function withoutAge({ unsigned, ...event }: RawEvent): RawEvent {
  return typeof unsigned === "object" ? { ...event, unsigned: { ...unsigned, age: undefined } } : event;
}
