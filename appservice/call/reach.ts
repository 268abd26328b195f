import type { Logger } from "pino";
import { TOKENS_FAIL_MS } from "./clock-apart.ts";
import type { Timer } from "../time/source.ts";
import { clearTimer, monotonic, startTimer } from "../time/time.ts";

/**
 * Reason why LiveKit does nothing for us. `apartMs`: difference between its clock and ours; null where it does not say
 * its time.
 */
export type Away =
  | { readonly why: "silent" }
  | { readonly why: "refuses"; readonly status: number; readonly apartMs: number | null };

/** The answer to one question: `away` is null where LiveKit is there and takes our key. */
export type Reached = { readonly away: null } | { readonly away: Away; readonly error: unknown };

export type ReachDeps = {
  readonly ask: () => Promise<Reached>;
  /** Tells whether somebody's floor is being kept, so that an outage has to be known within seconds. */
  readonly isNeeded: () => boolean;
  readonly onAway: () => void;
  readonly onBack: () => void;
  readonly log: Logger;
};

/**
 * Interval of looks; together with twice LiveKit's time to answer less than 5 s, within which a meeting is to stand
 * still.
 */
const EVERY_MS = 1_000;
/** Wait after one missed answer, which is no outage yet: the next look decides. */
const MISSED_MS = 250;
/** Interval while LiveKit is away: people's clients come back as soon as it does. */
const AWAY_MS = 500;
const IDLE_MS = 15_000;
const MISSES = 2;

/**
 * Knows whether LiveKit can be reached and takes our key. It asks one question at a time; all of the service's meetings
 * go by the answer.
 */
export class Reach {
  readonly #options: ReachDeps;
  #away: Away | null = null;
  #since = 0;
  #misses = 0;
  #asking = false;
  #timer: Timer | undefined;
  #closed = false;

  constructor(options: ReachDeps) {
    this.#options = options;
    this.look();
  }

  get away(): Away | null {
    return this.#away;
  }

  /** Looks now, not when the next look is due: there is reason to think that something has changed. */
  look(): void {
    if (this.#asking || this.#closed) return;
    clearTimer(this.#timer);
    this.#asking = true;
    void this.#options.ask().then((reached) => {
      this.#asking = false;
      if (this.#closed) return;
      this.#hear(reached);
      this.#timer = startTimer(() => this.look(), this.#waitMs()).unref();
    });
  }

  close(): void {
    this.#closed = true;
    clearTimer(this.#timer);
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
    this.#since = monotonic();
    this.#options.onAway();
  }

  #answered(): void {
    this.#misses = 0;
    if (!this.#away) return;
    this.#away = null;
    this.#options.log.warn(
      { seconds: Math.round((monotonic() - this.#since) / 1_000) },
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
