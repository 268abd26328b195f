import { nextDeadline } from "../circle/clock.ts";
import type { Meeting } from "../circle/meeting.ts";
import type { MeetingId } from "../protocol/identity.ts";
import type { Timer } from "../time/source.ts";
import { clearTimer, startTimer } from "../time/time.ts";

/** Node's timers hold at most this; a later deadline is looked at again on the way. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Lets time have its say: one timer a meeting, until the moment at which something falls due in it next. */
export class Deadlines {
  readonly #timers = new Map<MeetingId, Timer>();
  readonly #now: () => number;
  readonly #onDue: (meeting: MeetingId) => void;
  #stopped = false;

  constructor(now: () => number, onDue: (meeting: MeetingId) => void) {
    this.#now = now;
    this.#onDue = onDue;
  }

  /** Waits for what falls due in the meeting as it is now. */
  arm(meeting: Meeting): void {
    const { id } = meeting;
    this.clear(id);
    const due = nextDeadline(meeting);
    if (due === null || this.#stopped) return;
    const ms = Math.min(Math.max(0, due - this.#now()), LONGEST_TIMER_MS);
    this.#timers.set(
      id,
      startTimer(() => this.#onDue(id), ms),
    );
  }

  clear(id: MeetingId): void {
    clearTimer(this.#timers.get(id));
    this.#timers.delete(id);
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers.values()) clearTimer(timer);
  }
}
