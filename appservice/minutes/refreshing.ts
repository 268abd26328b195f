import type { MeetingId } from "../protocol/identity.ts";
import type { MinutesEntry } from "../protocol/meeting-record.ts";
import { entryId } from "../protocol/minutes-key.ts";
import type { Timer } from "../time/source.ts";
import { clearTimer, startTimer } from "../time/time.ts";

type Waiting = { readonly changes: number; readonly timer: Timer };

export type RefreshingDeps = {
  /** Milliseconds in which nobody must have corrected anything. */
  readonly quietMs: number;
  readonly remake: (meeting: MeetingId, outdated: readonly MinutesEntry[]) => void;
};

/**
 * Has results that rest on corrected words made anew: once for all corrections that come close together, for each run
 * may cost a language model's time. A result tried in vain is not tried again before the next correction.
 */
export class Refreshing {
  readonly #parts: RefreshingDeps;
  readonly #waiting = new Map<MeetingId, Waiting>();
  readonly #tried = new Map<MeetingId, { readonly changes: number; readonly entries: Set<string> }>();

  constructor(parts: RefreshingDeps) {
    this.#parts = parts;
  }

  /** Looks at the meeting as it is now. `changes`: number of changes of words in its record. */
  look(meeting: MeetingId, changes: number, outdated: readonly MinutesEntry[]): void {
    const known = this.#tried.get(meeting);
    const tried = known?.changes === changes ? known.entries : new Set<string>();
    const wanted = outdated.filter((entry) => !tried.has(entryId(entry)));
    const waiting = this.#waiting.get(meeting);
    if (waiting && wanted.length > 0 && waiting.changes === changes) return;
    if (waiting) clearTimer(waiting.timer);
    this.#waiting.delete(meeting);
    if (wanted.length === 0) return;
    const remake = () => {
      this.#waiting.delete(meeting);
      this.#tried.set(meeting, { changes, entries: new Set([...tried, ...wanted.map(entryId)]) });
      this.#parts.remake(meeting, wanted);
    };
    this.#waiting.set(meeting, { changes, timer: startTimer(remake, this.#parts.quietMs) });
  }

  close(): void {
    for (const { timer } of this.#waiting.values()) clearTimer(timer);
    this.#waiting.clear();
  }
}
