import type { SpeechLoad } from "../protocol/speech-load.ts";
import type { Decoded, Decoder, PieceName } from "./decoder.ts";
import { type Engine, EngineError, SAMPLE_RATE, type Speech } from "./engine.ts";
import { PerSecond } from "./per-second.ts";
import { Pressure } from "./pressure.ts";
import { monotonic } from "../time/time.ts";

const SIDE_BY_SIDE = 2;
const ARRIVING_OVER_MS = 10_000;
/** Weight of the newest decoding in the average of how fast they are. */
const NEWEST_COUNTS = 0.2;

type Job = { readonly seconds: number; readonly run: () => Promise<void> };

/** Speech that waits for the engine: pieces of turns, and pieces of turns that are long over. */
export type Waiting = { readonly [State in "final" | "late"]: { readonly pieces: number; readonly seconds: number } };

export type QueueDeps = {
  /** Engine that makes captions of English in place of `engine`; null (or broken): there is none. */
  readonly quick?: Promise<Engine | null>;
  readonly now?: () => number;
};

/**
 * Orders requests to the engine, two at a time. Speech just said comes first (finals), of each meeting in turn and in
 * the order it was said; then speech that waits from before (late), one piece at a time. A caption of speech still
 * under way (a partial) begins only while nothing waits and no other caption is being made, so that a final finds a
 * free place at once.
 */
export class DecodingQueue implements Decoder {
  readonly lateAtOnce = 1;
  readonly #engine: Promise<Engine>;
  readonly #quick: Promise<Engine | null>;
  readonly #finals = new Map<string, Job[]>();
  readonly #late: Job[] = [];
  readonly #pressure: Pressure;
  readonly #arriving = new PerSecond(ARRIVING_OVER_MS);
  /** Seconds of speech that one decoding makes text of in a second, on the average; null: none has ended yet. */
  #pace: number | null = null;
  #running = 0;
  #partials = 0;
  #lateRunning = 0;

  constructor(engine: Promise<Engine>, { quick = Promise.resolve(null), now = monotonic }: QueueDeps = {}) {
    this.#engine = engine;
    this.#quick = quick.catch(() => null);
    this.#pressure = new Pressure(now);
    // Each request meets the engine's failure itself; without requests it is no reason to end the process.
    engine.catch(() => {});
  }

  final({ meeting }: PieceName, speech: Speech, signal: AbortSignal): Promise<Decoded> {
    this.#arriving.add(speech.samples.length / SAMPLE_RATE);
    return this.#queued(speech, signal, (job) =>
      this.#finals.set(meeting, [...(this.#finals.get(meeting) ?? []), job]),
    );
  }

  /** Queues speech that could not be made into text in its time. */
  late(_: PieceName, speech: Speech, signal: AbortSignal): Promise<Decoded> {
    return this.#queued(speech, signal, (job) => this.#late.push(job));
  }

  /** Decodes for a caption; null when there is no room for it now: ask again with all that was said by then. */
  partial(_: string, speech: Speech, signal: AbortSignal): Promise<Decoded> | null {
    if (this.#finals.size > 0 || this.#partials > 0 || this.#running >= SIDE_BY_SIDE) return null;
    this.#partials++;
    this.#running++;
    const engine = speech.language === "en" ? this.#quick.then((quick) => quick ?? this.#engine) : this.#engine;
    return decode(engine, speech, signal).finally(() => {
      this.#partials--;
      this.#ended();
    });
  }

  /** Milliseconds to wait between two captions of one speaker: the longer, the more speech waits; null: make none. */
  captionEvery(ms: number): number | null {
    return this.#pressure.stretched(ms);
  }

  get waiting(): Waiting {
    const state = (jobs: readonly Job[]) => ({ pieces: jobs.length, seconds: secondsOf(jobs) });
    return { final: state([...this.#finals.values()].flat()), late: state(this.#late) };
  }

  get load(): SpeechLoad {
    return {
      arriving: this.#arriving.value,
      decodes: this.#pace === null ? null : this.#pace * SIDE_BY_SIDE,
      waiting: this.waiting.final.seconds,
      workers: null,
    };
  }

  #queued(speech: Speech, signal: AbortSignal, put: (job: Job) => void): Promise<Decoded> {
    return new Promise((resolve, reject) => {
      put({
        seconds: speech.samples.length / SAMPLE_RATE,
        run: () => this.#decode(speech, signal).then(resolve, reject),
      });
      this.#next();
      this.#pressure.note(this.waiting.final.seconds);
    });
  }

  async #decode(speech: Speech, signal: AbortSignal): Promise<Decoded> {
    const began = monotonic();
    const decoded = await decode(this.#engine, speech, signal);
    const pace = (speech.samples.length / SAMPLE_RATE / Math.max(monotonic() - began, 1)) * 1_000;
    this.#pace = this.#pace === null ? pace : this.#pace + NEWEST_COUNTS * (pace - this.#pace);
    return decoded;
  }

  #next(): void {
    while (this.#running < SIDE_BY_SIDE) {
      const job = this.#nextFinal();
      if (job) this.#start(job, () => {});
      else if (this.#lateRunning === 0 && this.#late[0]) this.#startLate(this.#late.shift()!);
      else return;
    }
  }

  #startLate(job: Job): void {
    this.#lateRunning++;
    this.#start(job, () => this.#lateRunning--);
  }

  #start(job: Job, after: () => void): void {
    this.#running++;
    void job.run().finally(() => {
      after();
      this.#ended();
    });
  }

  /** Takes the oldest piece of the meeting whose turn it is; that meeting comes last then. */
  #nextFinal(): Job | undefined {
    const [first] = this.#finals;
    if (!first) return undefined;
    const [meeting, [job, ...rest]] = first;
    this.#finals.delete(meeting);
    if (rest.length > 0) this.#finals.set(meeting, rest);
    return job;
  }

  #ended(): void {
    this.#running--;
    this.#next();
    this.#pressure.note(this.waiting.final.seconds);
  }
}

async function decode(opening: Promise<Engine>, speech: Speech, signal: AbortSignal): Promise<Decoded> {
  const engine = await opening.catch((cause: unknown) => {
    // Never a failure of the speech, which would be given up for it.
    throw new EngineError("engine-unreachable", `the speech engine could not be opened: ${String(cause)}`, { cause });
  });
  signal.throwIfAborted();
  return { ...(await engine.transcribe(speech, signal)), by: engine };
}

function secondsOf(jobs: readonly Job[]): number {
  return jobs.reduce((sum, { seconds }) => sum + seconds, 0);
}
