import type { Timer } from "./time/source.ts";
import { clearTimer, monotonic, repeat } from "./time/time.ts";
/** A turn of the event loop that was longer: so long nobody guarded a microphone. */
const STALL_MS = 100;
const LOOK_EVERY_MS = 20;
/** Most things told of one stall; more happened in it than anybody reads. */
const MOST_TOLD = 12;
const MOST_LETTERS = 200;

/** `cpuMs`: how much of it this thread was at work; the rest of the time the machine did other things. */
export type Stall = { readonly ms: number; readonly cpuMs: number; readonly during: readonly string[] };

/** Notices that the thread which guards the microphones was held up, and by what of its work. */
export class StallWatch {
  readonly #onStall: (stall: Stall) => void;
  #timer: Timer | null = null;
  #noted: string[] = [];
  #at = monotonic();
  #cpu = process.threadCpuUsage();

  constructor(onStall: (stall: Stall) => void) {
    this.#onStall = onStall;
  }

  /** Starts from here on; a service that begins has other things to do than to answer. */
  start(): void {
    [this.#at, this.#cpu, this.#noted] = [monotonic(), process.threadCpuUsage(), []];
    this.#timer = repeat(() => this.#look(), LOOK_EVERY_MS).unref();
  }

  /** Says what is being worked on; remembered until the loop has gone round. */
  note(what: string): void {
    if (this.#noted.length < MOST_TOLD) this.#noted.push(what.slice(0, MOST_LETTERS));
  }

  stop(): void {
    if (this.#timer) clearTimer(this.#timer);
  }

  #look(): void {
    const [now, cpu] = [monotonic(), process.threadCpuUsage()];
    const ms = now - this.#at - LOOK_EVERY_MS;
    const cpuMs = (cpu.user + cpu.system - this.#cpu.user - this.#cpu.system) / 1_000;
    const during = this.#noted;
    [this.#at, this.#cpu, this.#noted] = [now, cpu, []];
    if (ms >= STALL_MS) this.#onStall({ ms: Math.round(ms), cpuMs: Math.round(cpuMs), during });
  }
}

/** Cause of a stall: our own work, or the machine. */
export function causeOf({ ms, cpuMs }: Stall): "work" | "machine" {
  return cpuMs >= ms / 2 ? "work" : "machine";
}
