import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { ServiceError } from "../protocol/mindminder-error.ts";
import type { Timer } from "../time/source.ts";
import { clearTimer, monotonic, startTimer } from "../time/time.ts";

/** Work was given up: it took too long or too much memory, or too much of it waits. Nothing has changed by it. */
export class TooMuchWork extends ServiceError {
  constructor(message: string) {
    super("TOO_MUCH_WORK", message);
  }
}

type Job = (...given: never[]) => unknown;
type Given<Each> = Each extends (...given: infer All) => unknown ? All : never;
type Made<Each> = Each extends (...given: never[]) => infer Result ? Awaited<Result> : never;

/** Room for which something is worked out. `key`: results under the same key are worked out once, and kept at hand. */
export type For = { readonly room: string; readonly key?: string };

/** Limits of one piece of work, and of the work of a room that may wait. */
export type Bounds = {
  readonly workers: number;
  readonly ms: number;
  readonly megabytes: number;
  readonly waiting: number;
  readonly kept: number;
};

/** Number of workers; one core at least is left to the thread that guards the microphones. */
const WORKERS = Math.max(1, Math.min(2, availableParallelism() - 1));
/** A new thread loads its code: on a busy machine that takes seconds, which are not its first task's. */
const STARTS_WITHIN_MS = 30_000;
const BOUNDS: Bounds = { workers: WORKERS, ms: 30_000, megabytes: 384, waiting: 40, kept: 60 };

/** Somebody who does one job at a time, and says how it went. */
export type JobWorker = Pick<Worker, "postMessage" | "on" | "terminate">;

/** Finds somebody who does the jobs of a script. */
export type Hire = (script: URL, megabytes: number) => JobWorker;

/** A thread of its own. */
export const hireThread: Hire = (script, megabytes) => {
  const worker = new Worker(script, {
    name: "elsewhere",
    resourceLimits: { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: 48 },
  });
  worker.unref();
  return worker;
};

export type ElsewhereDeps = Partial<Bounds> & {
  /** Script of the worker; see `worker.ts`. */
  readonly script: URL;
  /** Left out: threads. */
  readonly hire?: Hire;
  readonly onGivenUp?: (about: {
    readonly job: string;
    readonly room: string;
    readonly ms: number;
    readonly error: Error;
  }) => void;
};

type Task = {
  readonly job: string;
  readonly given: readonly unknown[];
  readonly room: string;
  readonly resolve: (made: unknown) => void;
  readonly reject: (error: Error) => void;
};
type Running = { readonly task: Task; readonly since: number; timer: Timer };
/** `ready`: its worker has said that it can be asked. */
type Seat = { worker: JobWorker | null; ready: boolean; running: Running | null };
export type WorkerAnswer = { readonly made: unknown } | { readonly failed: string };
/** Said once by a worker, as soon as its code is loaded. */
export const READY = "ready";

/**
 * Works things out apart from the thread that guards the microphones: work that takes more than a few milliseconds for
 * some input belongs here. Rooms take turns, and no room has more than one worker, so that no room waits for work that
 * another has piled up.
 */
export class Elsewhere<Jobs extends Readonly<Record<string, Job>>> {
  readonly #options: ElsewhereDeps & Bounds;
  readonly #seats: Seat[];
  /** Waiting tasks by room, in the order of their turns. */
  readonly #waiting = new Map<string, Task[]>();
  readonly #kept = new Map<string, Promise<unknown>>();
  #closed = false;

  constructor(options: ElsewhereDeps) {
    this.#options = { ...BOUNDS, ...options };
    this.#seats = Array.from({ length: this.#options.workers }, () => ({ worker: null, ready: false, running: null }));
  }

  run<Name extends keyof Jobs & string>(
    job: Name,
    given: Given<Jobs[Name]>,
    { room, key }: For,
  ): Promise<Made<Jobs[Name]>> {
    const known = key === undefined ? undefined : this.#kept.get(key);
    const made = known ?? this.#ask(job, given, room);
    if (key !== undefined && !known) this.#keep(key, made);
    return made as Promise<Made<Jobs[Name]>>;
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const task of [...this.#waiting.values()].flat()) task.reject(new TooMuchWork("the service stops"));
    this.#waiting.clear();
    await Promise.all(this.#seats.map((seat) => this.#giveUp(seat, "the service stops")));
  }

  #keep(key: string, made: Promise<unknown>): void {
    this.#kept.set(key, made);
    made.catch(() => this.#kept.delete(key));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > this.#options.kept && oldest !== undefined) this.#kept.delete(oldest);
  }

  #ask(job: string, given: readonly unknown[], room: string): Promise<unknown> {
    const queue = this.#waiting.get(room) ?? [];
    if (this.#closed || queue.length >= this.#options.waiting)
      return Promise.reject(new TooMuchWork(`${job}: too much of this room waits already`));
    return new Promise((resolve, reject) => {
      this.#waiting.set(room, [...queue, { job, given, room, resolve, reject }]);
      this.#next();
    });
  }

  #next(): void {
    for (const seat of this.#seats) {
      const task = seat.running || this.#closed ? null : this.#takeTurn();
      if (task) this.#begin(seat, task);
    }
  }

  /** Takes the first task of the room whose turn it is; its next one waits for all other rooms. */
  #takeTurn(): Task | null {
    const busy = new Set(this.#seats.map(({ running }) => running?.task.room));
    for (const [room, [task, ...rest]] of this.#waiting) {
      if (busy.has(room) || !task) continue;
      this.#waiting.delete(room);
      if (rest.length > 0) this.#waiting.set(room, rest);
      return task;
    }
    return null;
  }

  #begin(seat: Seat, task: Task): void {
    seat.worker ??= this.#hire(seat);
    seat.running = { task, since: monotonic(), timer: this.#limit(seat, task) };
    try {
      seat.worker.postMessage({ job: task.job, given: task.given });
    } catch (error) {
      this.#end(seat)?.task.reject(error instanceof Error ? error : new Error(String(error)));
      this.#next();
    }
  }

  #limit(seat: Seat, { job }: Task): Timer {
    const ms = seat.ready ? this.#options.ms : STARTS_WITHIN_MS;
    const why = seat.ready ? `${job}: it took longer than ${ms / 1000} s` : "its worker did not start";
    return startTimer(() => void this.#giveUp(seat, why), ms);
  }

  #isReady(seat: Seat): void {
    seat.ready = true;
    if (!seat.running) return;
    clearTimer(seat.running.timer);
    seat.running.timer = this.#limit(seat, seat.running.task);
  }

  #hire(seat: Seat): JobWorker {
    const { script, megabytes, hire = hireThread } = this.#options;
    const worker = hire(script, megabytes);
    worker.on("message", (answer: typeof READY | WorkerAnswer) => {
      const isMine = seat.worker === worker;
      if (answer === READY) return void (isMine && this.#isReady(seat));
      const ended = isMine ? this.#end(seat) : null;
      if ("made" in answer) ended?.task.resolve(answer.made);
      else ended?.task.reject(new Error(answer.failed));
      this.#next();
    });
    const lost = (why: string) => {
      if (seat.worker === worker) void this.#giveUp(seat, why);
    };
    worker.on("error", (error) => lost(`it took more than ${megabytes} MB, or broke off: ${String(error)}`));
    worker.on("exit", () => lost("its worker ended"));
    return worker;
  }

  #end(seat: Seat): Running | null {
    const { running } = seat;
    if (running) clearTimer(running.timer);
    seat.running = null;
    return running;
  }

  async #giveUp(seat: Seat, why: string): Promise<void> {
    const { worker } = seat;
    const ended = this.#end(seat);
    seat.worker = null;
    seat.ready = false;
    if (ended) {
      const error = new TooMuchWork(why);
      const {
        task: { job, room, reject },
        since,
      } = ended;
      if (!this.#closed) this.#options.onGivenUp?.({ job, room, ms: Math.round(monotonic() - since), error });
      reject(error);
    }
    this.#next();
    await worker?.terminate();
  }
}
