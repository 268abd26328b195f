import { Dice } from "./dice.ts";

/** Faults that a run may meet, by the part of the world that they happen in. */
export const FAULTS = [
  "homeserver-late",
  "homeserver-lost",
  "homeserver-refuses",
  "homeserver-twice",
  "livekit-late",
  "livekit-lost",
  "livekit-away",
  "watcher-falls-out",
  "webhook-lost",
  "webhook-twice",
  "scribe-dies",
  "scribe-sleeps",
  "scribe-stutters",
  "crash",
  "write-fails",
  "disk-full",
  "clock-jumps",
  "person-drops",
  "person-late",
  "person-odd",
  "person-kicked",
  "person-takes-back",
  "person-acts",
] as const;
export type Fault = (typeof FAULTS)[number];

/**
 * Draws what goes wrong. Each that does has a number, by which a failing run is made smaller: those in `without` do not
 * happen.
 */
export class Mischief {
  readonly #dice = new Map<Fault, Dice>();
  readonly #seed: string;
  readonly #faults: ReadonlySet<Fault>;
  readonly #without: ReadonlySet<number>;
  readonly #tell: (what: string) => void;
  #stopped = false;
  /** Number of things that went wrong. */
  count = 0;

  constructor(
    seed: string,
    { faults, without, tell }: { faults: readonly Fault[]; without: ReadonlySet<number>; tell: (what: string) => void },
  ) {
    this.#seed = seed;
    this.#faults = new Set(faults);
    this.#without = without;
    this.#tell = tell;
  }

  /** From here on all goes well. */
  stop(): void {
    this.#stopped = true;
  }

  get isOver(): boolean {
    return this.#stopped;
  }

  happens(fault: Fault, share: number, where = ""): boolean {
    const hit = this.of(fault).chance(share);
    if (!hit || this.#stopped || !this.#faults.has(fault)) return false;
    const number = this.count++;
    if (this.#without.has(number)) return false;
    this.#tell(`⚡${number} ${fault}${where && `: ${where}`}`);
    return true;
  }

  /** Dice for how bad it gets. */
  of(fault: Fault): Dice {
    let dice = this.#dice.get(fault);
    if (!dice) this.#dice.set(fault, (dice = new Dice(`${this.#seed}:${fault}`)));
    return dice;
  }
}
