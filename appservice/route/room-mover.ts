import type { Logger } from "pino";
import { z } from "zod";
import { ApiFailure } from "../http/api-failure.ts";
import { ApiError } from "../protocol/http-api.ts";
import type { RoomId } from "../protocol/identity.ts";
import { monotonic, sleep, timeLimit } from "../time/time.ts";
import type { RequestsUnderWay } from "./requests-under-way.ts";
import type { RoomMove, MovedRooms } from "./moved-rooms.ts";
import type { EventRouter } from "./router.ts";
import { SHARD_ROOMS } from "./router-door.ts";

export type RoomMoverDeps = {
  readonly moved: MovedRooms;
  readonly addressOf: (shard: string) => string;
  readonly isShard: (name: string) => boolean;
  readonly hsToken: string;
  readonly events: Pick<EventRouter, "hold" | "release" | "drained">;
  readonly requests: RequestsUnderWay;
  readonly onDone: (outcome: "moved" | "undone") => void;
  readonly log: Logger;
};

/** Outcome for whoever asked; `refusedMs`: how long the room's people were refused. */
export type MoveDone = { readonly from: string; readonly to: string; readonly refusedMs: number };

const [LOOKS_WITHIN_MS, HANDS_OVER_WITHIN_MS, ORDER_WITHIN_MS] = [15_000, 60_000, 5_000];
const [DRAINS_WITHIN_MS, LANDS_WITHIN_MS] = [5_000, 1_000];
const AGAIN_AFTER_MS = 250;

const Looked = z.object({ form: z.number().int() });

/**
 * Moves rooms between shards. What stands on the router's disk decides whose a room is: until the target has all of it,
 * the source's; then the target's. Orders that a shard did not hear are given again until it has.
 */
export class RoomMover {
  readonly #deps: RoomMoverDeps;
  readonly #preparing = new Set<RoomId>();
  readonly #refusing = new Set<RoomId>();
  readonly #closing = new AbortController();

  constructor(deps: RoomMoverDeps) {
    this.#deps = deps;
    for (const move of deps.moved.underWay()) {
      if (!move.begun) this.#refuse(move.room);
      void this.#finish(move);
    }
  }

  /** Tells whether a room is on its way at this moment, and nobody answers for it. */
  isMoving(room: string): boolean {
    return this.#refusing.has(room as RoomId);
  }

  get moving(): boolean {
    return this.#refusing.size > 0;
  }

  /** Moves a room, and resolves once it goes on there. Throws an `ApiFailure`, and the room is where it was. */
  async move(room: RoomId, target: string): Promise<MoveDone> {
    const { moved, isShard, events, log } = this.#deps;
    const source = moved.shardOf(room);
    if (!isShard(target)) throw new ApiFailure("NO_SUCH_SHARD");
    if (source === target) throw refusal(`The room is on ${target} already.`);
    if (this.#preparing.has(room) || moved.underWay().some((move) => move.room === room))
      throw refusal("The room is being moved at this moment.");
    this.#preparing.add(room);
    let move: RoomMove;
    try {
      const [here, there] = await Promise.all([this.#look(source, room), this.#look(target, room)]);
      if (here !== there) throw refusal("The two shards are of different versions. Update both, and move it then.");
      events.hold(room);
      if (!(await events.drained(source, DRAINS_WITHIN_MS))) throw refusal(`${source} does not take its events.`);
      await this.#look(source, room);
      move = moved.begin(room, target);
      this.#refuse(room);
    } catch (error) {
      void this.#letStay(room, source);
      throw error;
    }
    this.#preparing.delete(room);
    const began = monotonic();
    try {
      await this.#deps.requests.landed(room, LANDS_WITHIN_MS);
      await this.#handOver(move);
    } catch (error) {
      log.error({ room, source, target, err: error }, "a room could not be moved, and stays where it was");
      void this.#finish(moved.decide(move, "undone"));
      throw error instanceof ApiFailure ? error : refusal("A shard could not be reached meanwhile.", error);
    }
    await this.#finish(moved.decide(move, "moved"));
    const refusedMs = Math.round(monotonic() - began);
    log.info({ room, source, target, refusedMs }, "a room was moved");
    return { from: source, to: target, refusedMs };
  }

  close(): void {
    this.#closing.abort();
  }

  /** Refuses the room's people, and keeps its events. */
  #refuse(room: RoomId): void {
    this.#refusing.add(room);
    this.#deps.events.hold(room);
  }

  /** Gives what was kept of a room that stays to its shard, as soon as the disk takes that. */
  async #letStay(room: RoomId, source: string): Promise<void> {
    const { signal } = this.#closing;
    for (let told = false; !signal.aborted; told = true) {
      try {
        this.#deps.events.release(room, source);
        this.#preparing.delete(room);
        return;
      } catch (error) {
        if (!told)
          this.#deps.log.error({ room, err: error }, "a room's events wait until the router's disk takes writes");
        await sleep(AGAIN_AFTER_MS, { signal }).catch(() => {});
      }
    }
  }

  async #look(shard: string, room: RoomId): Promise<number> {
    const answer = await this.#ask(shard, room, "GET", "", { within: LOOKS_WITHIN_MS }).catch((cause: unknown) => {
      throw cause instanceof ApiFailure ? cause : refusal(`${shard} cannot be reached.`, cause);
    });
    return Looked.parse(await answer.json()).form;
  }

  /** Passes all lines from the one to the other. */
  async #handOver({ room, source, target }: RoomMove): Promise<void> {
    const within = HANDS_OVER_WITHIN_MS;
    const left = await this.#ask(source, room, "POST", "/leave", { within });
    const taken = await this.#ask(target, room, "PUT", "", { within, body: left.body });
    await taken.body?.cancel();
  }

  /** Resolves once the room goes on where it is decided; tidying up goes on behind. */
  async #finish(move: RoomMove): Promise<void> {
    const { moved, events, onDone } = this.#deps;
    const { room, source, target, state } = move;
    const [present, other] = state === "moved" ? [target, source] : [source, target];
    if (!move.begun && !(await this.#insist(present, room, "/begin"))) return;
    moved.begun(move);
    this.#refusing.delete(room);
    events.release(room, present);
    if (!move.begun) onDone(state === "moved" ? "moved" : "undone");
    void this.#insist(other, room, "/forget").then((heard) => {
      if (heard) moved.done(move);
    });
  }

  /** Gives an order until it is heard; false where the router ends before. */
  async #insist(shard: string, room: RoomId, order: "/begin" | "/forget"): Promise<boolean> {
    const { signal } = this.#closing;
    for (let told = false; !signal.aborted; ) {
      try {
        const answer = await this.#ask(shard, room, "POST", order, { within: ORDER_WITHIN_MS });
        await answer.body?.cancel();
        return !signal.aborted;
      } catch (error) {
        if (!told)
          this.#deps.log.warn({ room, shard, order, err: error }, "a shard did not hear an order; it is told again");
        told = true;
        await sleep(AGAIN_AFTER_MS, { signal }).catch(() => {});
      }
    }
    return false;
  }

  async #ask(
    shard: string,
    room: RoomId,
    method: string,
    order: string,
    { within, body }: { readonly within: number; readonly body?: ReadableStream | null },
  ): Promise<Response> {
    const url = new URL(`${SHARD_ROOMS}/${encodeURIComponent(room)}${order}`, this.#deps.addressOf(shard));
    const answer = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${this.#deps.hsToken}` },
      signal: timeLimit(within),
      ...(body && { body, duplex: "half" }),
    });
    if (answer.ok) return answer;
    const said = ApiError.safeParse(await answer.json().catch(() => null));
    if (answer.status === 404)
      throw refusal(`${shard} cannot move rooms: name the router in its configuration, under service.shard.router.`);
    throw refusal(said.data?.error ?? `${shard} answered ${answer.status}.`);
  }
}

function refusal(sentence: string, cause?: unknown): ApiFailure {
  return new ApiFailure("MOVE_REFUSED", { sentence, cause });
}
