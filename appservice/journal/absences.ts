import { isRunning, pausedSince } from "../circle/meeting.ts";
import type { Timer } from "../time/source.ts";
import { clearTimer, repeat } from "../time/time.ts";
import type { LiveMeeting } from "./live-meeting.ts";
import { BEAT_EVERY_MS, type Pulse } from "./pulse.ts";

type AbsencesDeps = {
  readonly pulse: Pulse;
  /** The newest meeting of each place. */
  readonly newest: () => readonly LiveMeeting[];
  /** Tells a meeting that nobody was heard since then. */
  readonly giveBack: (live: LiveMeeting, since: number) => void;
  /** Has time look at all meetings, which gives them their time back first. */
  readonly look: () => void;
};

/** Notices that the service was away, stood still or could keep nothing, and gives meetings the time back. */
export class Absences {
  readonly #deps: AbsencesDeps;
  #timer: Timer | null = null;

  constructor(deps: AbsencesDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#timer ??= repeat(() => this.#beat(), BEAT_EVERY_MS).unref();
    this.#beat();
  }

  stop(): void {
    clearTimer(this.#timer);
  }

  /** Comes before anything else happens in a meeting, and in the same unit. */
  giveBack(): void {
    const { pulse, newest, giveBack } = this.#deps;
    const since = pulse.missedSince();
    if (since === null) return;
    // A meeting that was written later than the last beat was heard until then.
    for (const live of newest().filter(goes)) giveBack(live, Math.max(since, live.meeting.at));
    pulse.beat(true);
  }

  #beat(): void {
    const { pulse, newest, look } = this.#deps;
    if (pulse.missedSince() === null) pulse.beat(newest().some(goes));
    else look();
  }
}

function goes({ meeting }: LiveMeeting): boolean {
  return isRunning(meeting) && pausedSince(meeting) === null;
}
