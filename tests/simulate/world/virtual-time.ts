import { simulateTime, type TimeSource, type Timer } from "../../../appservice/time/source.ts";
import { Dice } from "./dice.ts";

/** One life of the service, from a start to the crash or the stop that ends it. */
export type Life = { alive: boolean };

type Happening = { at: number; order: number; work: (() => void) | null; readonly life: Life | null };

/** Monday noon, when each simulated world begins. */
const BEGINS = Date.parse("2026-03-02T12:00:00Z");
/** Share of looks at the clock between which the machine was busy with something else. */
const BUSY = 0.002;
/** Milliseconds between looks of a watch over the machine itself. */
const OFTEN_MS = 100;

/**
 * Time that passes only as it is let pass, from one thing that was to happen to the next. What a dead life of the
 * service had planned never happens.
 */
export class VirtualTime {
  readonly #dice: Dice;
  readonly #heap: Happening[] = [];
  #order = 0;
  #now = 0;
  /** Milliseconds by which the machine's clock was set off. */
  offset = 0;
  /** Life of the service that runs now. */
  life: Life = { alive: true };

  constructor(seed: string) {
    this.#dice = new Dice(`${seed}:time`);
  }

  /** Milliseconds since the world began. */
  get now(): number {
    return this.#now;
  }

  get wallClock(): number {
    return Math.floor(BEGINS + this.#now + this.offset);
  }

  /** Plans something of the world outside the service. */
  later(ms: number, work: () => void): Timer {
    return this.#plan(ms, work, null);
  }

  /** Waits in the world outside the service. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => void this.later(ms, resolve));
  }

  /**
   * Lets time pass to the next thing, and that happen with all that follows from it at once. False: nothing is to come.
   */
  async step(): Promise<boolean> {
    const next = this.#pop();
    if (!next) return false;
    this.#now = Math.max(this.#now, next.at);
    if (next.work && (next.life === null || next.life.alive)) {
      next.work();
      await settled();
    }
    return true;
  }

  /** Puts this time in the machine's place, also for libraries. Returns how the machine's is put back. */
  install(): () => void {
    const putBack = simulateTime(this.#source());
    const [RealDate, { setTimeout: timeout, setInterval: interval, clearTimeout: clear, clearInterval: clearAll }] = [
      Date,
      globalThis,
    ];
    const clock = () => this.wallClock;
    class VirtualDate extends RealDate {
      constructor(...given: unknown[]) {
        super(...((given.length === 0 ? [clock()] : given) as [number]));
      }
      static override now = clock;
    }
    const plan = (work: () => void, ms = 0) => this.#plan(ms, work, this.life);
    const cancel = (timer: unknown) => this.#cancel(timer as Timer | undefined);
    const every = (work: () => void, ms = 0) => this.#every(work, ms);
    const stand = {
      Date: VirtualDate,
      setTimeout: plan,
      setInterval: every,
      clearTimeout: cancel,
      clearInterval: cancel,
    };
    Object.assign(globalThis, stand);
    return () => {
      Object.assign(globalThis, {
        Date: RealDate,
        setTimeout: timeout,
        setInterval: interval,
        clearTimeout: clear,
        clearInterval: clearAll,
      });
      putBack();
    };
  }

  #source(): TimeSource {
    const plan = (work: () => void, ms: number) => this.#plan(ms, work, this.life);
    return {
      wallClock: () => this.wallClock,
      monotonic: () => {
        if (this.#dice.chance(BUSY)) this.#now += 9;
        return this.#now;
      },
      startTimer: plan,
      repeat: (work, ms) => this.#every(work, ms),
      clearTimer: (timer) => this.#cancel(timer),
      soon: (work) => void plan(work, 0),
      nextTurn: () => new Promise((resolve) => void plan(resolve, 0)),
      sleep: (ms, { signal } = {}) => this.#slumber(ms, signal),
      timeLimit: (ms) => this.#timeLimit(ms),
      random: () => this.#dice.next(),
      randomBelow: (below) => this.#dice.below(below),
      randomBytes: (length) => this.#dice.bytes(length),
    };
  }

  #slumber(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const ended = () => {
        this.#cancel(timer);
        reject(signal?.reason);
      };
      const timer = this.#plan(
        ms,
        () => {
          signal?.removeEventListener("abort", ended);
          resolve();
        },
        this.life,
      );
      if (signal?.aborted) ended();
      else signal?.addEventListener("abort", ended, { once: true });
    });
  }

  #timeLimit(ms: number): AbortSignal {
    const limit = new AbortController();
    this.#plan(ms, () => limit.abort(new DOMException("The operation timed out", "TimeoutError")), this.life);
    return limit.signal;
  }

  #every(work: () => void, ms: number): Timer {
    // Looks that come so often ask whether the machine is held up, which it is not here.
    if (ms < OFTEN_MS) return inert;
    const life = this.life;
    const again = () => {
      current = this.#happening(ms, again, life);
      work();
    };
    let current = this.#happening(ms, again, life);
    const timer: VirtualTimer = {
      unref: () => timer,
      refresh: () => timer,
      cancel: () => void (current.work = null),
    };
    return timer;
  }

  #plan(ms: number, work: () => void, life: Life | null): Timer {
    let planned = this.#happening(ms, work, life);
    const timer: VirtualTimer = {
      unref: () => timer,
      refresh: () => {
        planned.work = null;
        planned = this.#happening(ms, work, life);
        return timer;
      },
      cancel: () => void (planned.work = null),
    };
    return timer;
  }

  #cancel(timer: Timer | undefined): void {
    // One that was begun before this time took the machine's place is the machine's.
    if (timer && !("cancel" in timer)) clearReal(timer as NodeJS.Timeout);
    else (timer as VirtualTimer | undefined)?.cancel();
  }

  #happening(ms: number, work: () => void, life: Life | null): Happening {
    const happening = { at: this.#now + Math.max(0, ms), order: this.#order++, work, life };
    const heap = this.#heap;
    let at = heap.push(happening) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(happening, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = happening;
    return happening;
  }

  #pop(): Happening | null {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last) return null;
    if (heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

type VirtualTimer = { unref(): Timer; refresh(): Timer; cancel(): void };

/** Timer that never comes. */
const inert: VirtualTimer = { unref: () => inert, refresh: () => inert, cancel: () => {} };

function isBefore(one: Happening, other: Happening): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}

const [immediately, clearReal] = [setImmediate, clearTimeout];
/**
 * Lets Node do all that follows at once: promises, ticks, streams in memory. Nothing here waits for a disk or a socket.
 */
export function settled(): Promise<void> {
  return new Promise((resolve) => void immediately(resolve));
}
