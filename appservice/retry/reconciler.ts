import { BackOff } from "./back-off.ts";
import type { Pace } from "./pace.ts";

/** Verdict on a failure. `later`: tried again. `never`: this value cannot be brought about; the next one may. */
export type Judgement = "later" | "never";

export type ReconcilerDeps<Wanted> = {
  /** Brings the wanted value about; it compares with the present state itself. */
  readonly act: (wanted: Wanted) => Promise<void>;
  /** Called at the first failure of a row. */
  readonly onFailure: (error: unknown) => void;
  readonly judge?: (error: unknown) => Judgement;
  readonly pace?: Pace;
};

/**
 * Makes the world as it is wanted: the latest value and only that, one at a time, so that an older one never overtakes
 * a newer one. A value replaced while waiting is not acted on; one that fails is tried again, ever more slowly, until
 * it succeeds or is replaced.
 */
export class Reconciler<Wanted> {
  readonly #deps: ReconcilerDeps<Wanted>;
  readonly #backOff: BackOff;
  #waiting: { readonly value: Wanted } | null = null;
  #acting = false;
  #stopped = false;

  constructor(deps: ReconcilerDeps<Wanted>) {
    this.#deps = deps;
    this.#backOff = new BackOff(deps.pace);
  }

  get settled(): boolean {
    return this.#waiting === null && !this.#acting;
  }

  want(value: Wanted): void {
    this.#waiting = { value };
    this.#next();
  }

  /** Tries the value that waits for its next try now. */
  hurry(): void {
    this.#next();
  }

  stop(): void {
    this.#stopped = true;
    this.#waiting = null;
    this.#backOff.cancel();
  }

  #next(): void {
    const next = this.#waiting;
    if (this.#acting || this.#stopped || !next) return;
    this.#waiting = null;
    this.#acting = true;
    this.#deps.act(next.value).then(
      () => {
        this.#acting = false;
        this.#backOff.succeeded();
        this.#next();
      },
      (error: unknown) => {
        this.#acting = false;
        if (this.#backOff.failures === 0) this.#deps.onFailure(error);
        if (this.#deps.judge?.(error) === "never") return this.#next();
        this.#waiting ??= next;
        if (!this.#stopped) this.#backOff.retry(() => this.#next());
      },
    );
  }
}
