import type { MeetingId } from "../protocol/identity.ts";
import type { Growing, MeetingRecord } from "../protocol/meeting-record.ts";
import { keyOf } from "../protocol/minutes-key.ts";
import type { Due } from "./due.ts";
import type { Growth } from "./plugin.ts";
import { monotonic } from "../time/time.ts";

type Sketch = { seen: string; shownAt: number; shown: string; readonly memory: Map<string, unknown> };

/**
 * Drafts of results that are not finished: their sentences so far, the turns they rest on, and the memory of their
 * plugin.
 */
export class DraftResults {
  readonly #everyMs: number;
  readonly #onGrowing: (meeting: MeetingId, growing: Growing) => void;
  readonly #meetings = new Map<MeetingId, Map<string, Sketch>>();
  readonly #running = new Map<MeetingId, AbortController>();

  constructor(everyMs: number, onGrowing: (meeting: MeetingId, growing: Growing) => void) {
    this.#everyMs = everyMs;
    this.#onGrowing = onGrowing;
  }

  /** Tells whether turns were heard, or put right, since the draft was sketched. */
  isNews(meeting: MeetingId, job: Due, record: MeetingRecord): boolean {
    return this.#of(meeting, job).seen !== heardIn(job, record);
  }

  begin(meeting: MeetingId, job: Due, record: MeetingRecord): AbortSignal {
    const controller = new AbortController();
    this.#running.set(meeting, controller);
    this.#of(meeting, job).seen = heardIn(job, record);
    return controller.signal;
  }

  end(meeting: MeetingId): void {
    this.#running.delete(meeting);
  }

  isSketching(meeting: MeetingId): boolean {
    return this.#running.has(meeting);
  }

  stop(meeting: MeetingId): void {
    this.#running.get(meeting)?.abort(new Error("the result itself is wanted now"));
  }

  /** Shows a draft, not more often than people can read; the last of a sketch in any case. */
  show(meeting: MeetingId, job: Due, { sentences, method }: Growth, last = false): void {
    const sketch = this.#of(meeting, job);
    const text = JSON.stringify(sentences);
    if (sentences.length === 0 || text === sketch.shown || (!last && monotonic() - sketch.shownAt < this.#everyMs))
      return;
    sketch.shown = text;
    sketch.shownAt = monotonic();
    this.#onGrowing(meeting, { plugin: job.plugin.id, about: job.about, method, sentences: [...sentences] });
  }

  memoryOf(meeting: MeetingId, job: Due): Map<string, unknown> {
    return this.#of(meeting, job).memory;
  }

  forget(meeting: MeetingId): void {
    this.#meetings.delete(meeting);
  }

  #of(meeting: MeetingId, { plugin, about }: Due): Sketch {
    const all = this.#meetings.get(meeting) ?? new Map<string, Sketch>();
    this.#meetings.set(meeting, all);
    const key = keyOf(plugin.id, about);
    const sketch = all.get(key) ?? { seen: "", shownAt: -Infinity, shown: "", memory: new Map() };
    all.set(key, sketch);
    return sketch;
  }
}

function heardIn({ about }: Due, { turns, corrections }: MeetingRecord): string {
  const heard = turns.filter((turn) => turn.heard && (!("circle" in about) || turn.circle === about.circle));
  return `${heard.map(({ id }) => id).join()} ${corrections.length}`;
}
