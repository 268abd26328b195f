import type { Logger } from "pino";
import { TOKENS_FAIL_MS } from "./clock-apart.ts";

/** Why LiveKit does nothing for us. `apartMs`: how far its clock is from ours, as far as it says its time. */
export type Away =
  | { readonly why: "silent" }
  | { readonly why: "refuses"; readonly status: number; readonly apartMs: number | null };

/** The answer to one question: `away` is null where LiveKit is there and takes our key. */
export type Reached = { readonly away: null } | { readonly away: Away; readonly error: unknown };

export type ReachDeps = {
  readonly ask: () => Promise<Reached>;
  /** Somebody's floor is being kept: it is to be known within seconds. */
  readonly isNeeded: () => boolean;
  readonly onAway: () => void;
  readonly onBack: () => void;
  readonly log: Logger;
};

/** Together with twice LiveKit's time to answer less than 5 s, within which a meeting is to stand still. */
const EVERY_MS = 1_000;
/** One slow answer is no outage; whether it is one is asked at once. */
const MISSED_MS = 250;
/** People's clients come back as soon as LiveKit does. */
const AWAY_MS = 500;
const IDLE_MS = 15_000;
const MISSES = 2;

/** Whether LiveKit can be reached and takes our key. One question at a time; all of the service's meetings go by the answer. */
export class Reach {
  readonly #options: ReachDeps;
  #away: Away | null = null;
  #since = 0;
  #misses = 0;
  #asking = false;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: ReachDeps) {
    this.#options = options;
    this.look();
  }

  get away(): Away | null {
    return this.#away;
  }

  /** There is reason to think that it has changed: it is seen now, not when its time comes. */
  look(): void {
    if (this.#asking || this.#closed) return;
    clearTimeout(this.#timer);
    this.#asking = true;
    void this.#options.ask().then((reached) => {
      this.#asking = false;
      if (this.#closed) return;
      this.#hear(reached);
      this.#timer = setTimeout(() => this.look(), this.#waitMs()).unref();
    });
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #waitMs(): number {
    if (this.#away) return AWAY_MS;
    if (this.#misses > 0) return MISSED_MS;
    return this.#options.isNeeded() ? EVERY_MS : IDLE_MS;
  }

  #hear(reached: Reached): void {
    if (reached.away === null) return this.#answered();
    this.#misses += 1;
    // A refusal is an answer: asking again would change nothing.
    if (reached.away.why === "silent" && this.#misses < MISSES) return;
    const before = this.#away;
    this.#away = reached.away;
    if (before?.why === reached.away.why) return;
    this.#tell(reached.away, reached.error);
    if (before) return;
    this.#since = performance.now();
    this.#options.onAway();
  }

  #answered(): void {
    this.#misses = 0;
    if (!this.#away) return;
    this.#away = null;
    this.#options.log.warn(
      { seconds: Math.round((performance.now() - this.#since) / 1_000) },
      "LiveKit answers again: meetings go on",
    );
    this.#options.onBack();
  }

  #tell(away: Away, error: unknown): void {
    const { log } = this.#options;
    if (away.why === "silent")
      return log.error({ err: error }, "LiveKit does not answer: meetings stand still until it does");
    const { status, apartMs } = away;
    const secondsApart = apartMs === null ? undefined : Math.round(apartMs / 1_000);
    log.error(
      { status, secondsApart },
      clocksDiffer(away)
        ? "LiveKit refuses us, since its clock and ours differ: set both by NTP; meetings stand still until then"
        : "LiveKit refuses our key: livekit.apiKey and its secret must be a pair from “keys” in LiveKit's configuration; meetings stand still until then",
    );
  }
}

/** Names what is missing, for those who watch over the service. */
export function missingBy(away: Away | null): readonly string[] {
  if (!away) return [];
  return [away.why === "silent" ? "livekit" : clocksDiffer(away) ? "livekit-clock" : "livekit-key"];
}

export function clocksDiffer(away: Away): boolean {
  return away.why === "refuses" && (away.apartMs ?? 0) > TOKENS_FAIL_MS;
}
