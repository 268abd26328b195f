import type { SpeechLoad } from "../../protocol/speech-load.ts";

export type ControllerWays = {
  readonly min: number;
  readonly max: number;
  /** Time without need for a worker after which one is ended. */
  readonly quietMs: number;
};

/** Load at a moment, and the workers that this controller runs. */
export type FleetSight = SpeechLoad & { readonly at: number; readonly own: number };

/** Part of what the workers decode that may be used; above it a queue begins to form. */
const USED_WELL = 0.7;
/** Seconds of decoding that may wait before it counts as a queue. */
const QUEUE_FROM_S = 2;
/** Seconds in which a queue is to be gone. */
const GONE_WITHIN_S = 8;
/** Seconds of speech decoded in a second by the slowest worker that is reckoned with. */
const LEAST_PACE = 0.01;
/** A worker takes speech some seconds after it was called for, so it is called for by what will arrive then. */
const AHEAD_MS = 3_000;

/** Decides how many local workers should run: more before a queue forms, one fewer after a quiet time. */
export class FleetController {
  readonly #ways: ControllerWays;
  /** Seconds of speech that one worker decodes in a second, as it was last seen. */
  #pace: number | null = null;
  #quietSince: number | null = null;
  #lately: readonly Pick<FleetSight, "at" | "arriving">[] = [];

  constructor(ways: ControllerWays) {
    this.#ways = ways;
  }

  /** Number of own workers that should run now. */
  wanted({ at, arriving, decodes, waiting, workers, own }: FleetSight): number {
    if (workers !== null && workers > 0 && decodes !== null && decodes > 0)
      this.#pace = Math.max(LEAST_PACE, decodes / workers);
    const others = Math.max(0, (workers ?? 0) - own);
    const needed = this.#needed(this.#soon(at, arriving), waiting) - others;
    const wanted = Math.min(this.#ways.max, Math.max(this.#ways.min, needed));
    if (wanted >= own) {
      this.#quietSince = null;
      return wanted;
    }
    this.#quietSince ??= at;
    if (at - this.#quietSince < this.#ways.quietMs) return own;
    // One at a time: each of the next waits for a quiet time of its own.
    this.#quietSince = at;
    return own - 1;
  }

  /** Load of the next moment, if it goes on to grow as it did in the last one. */
  #soon(at: number, arriving: number): number {
    this.#lately = [...this.#lately.filter((sight) => sight.at >= at - AHEAD_MS), { at, arriving }];
    const [first] = this.#lately;
    const grown = first && at > first.at ? ((arriving - first.arriving) * AHEAD_MS) / (at - first.at) : 0;
    // Nothing grows further than it has grown lately.
    return arriving + Math.max(0, Math.min(grown, arriving - (first?.arriving ?? arriving)));
  }

  #needed(arriving: number, waiting: number): number {
    // Of the first worker nobody knows yet how fast it is.
    if (this.#pace === null) return arriving > 0 || waiting > 0 ? 1 : 0;
    const forNew = Math.ceil(arriving / (this.#pace * USED_WELL));
    const queue = Math.max(0, waiting - QUEUE_FROM_S * this.#pace * Math.max(1, forNew));
    return forNew + Math.ceil(queue / (this.#pace * GONE_WITHIN_S));
  }
}
