import { OVERLAP_MS, type MediaKey } from "@mindminder/protocol/media-key.ts";

type Deps = {
  /** Asks for the keys that are in use, the newest last. */
  readonly fetch: () => Promise<readonly MediaKey[]>;
  readonly ring: {
    readonly newest: number;
    readonly take: (keys: readonly MediaKey[]) => Promise<boolean>;
    readonly goOver: () => void;
  };
  /** Called when there is a key that was not there before. */
  readonly onNewKey: () => void;
};

/** Pauses before asking again for a key that did not come. */
const AGAIN_MS = [1_000, 2_000, 4_000, 8_000, 15_000];

/**
 * Follows the keys of an encrypted call: a new one is asked for as soon as anything speaks of it, so that others can be
 * heard by it, and one's own voice goes over to it once everybody can have it.
 */
export class CallKeys {
  readonly #deps: Deps;
  #asking: Promise<void> | null = null;
  #wanted = -1;
  #goOver: ReturnType<typeof setTimeout> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  #tries = 0;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Fetches the first keys. Rejects where there are none. */
  async begin(): Promise<void> {
    const { ring } = this.#deps;
    await ring.take(await this.#deps.fetch());
    if (ring.newest < 0) throw new Error("The keys of the call did not come.");
    ring.goOver();
  }

  /** Hears that the call has a key of this epoch. */
  heardOf(epoch: number): void {
    // Others that failed before say nothing of this one: the network was away then.
    if (epoch > this.#wanted) this.#tries = 0;
    this.#wanted = Math.max(this.#wanted, epoch);
    if (this.#wanted > this.#deps.ring.newest) this.#ask();
  }

  /** Hears that somebody speaks by a key that is not here. */
  missing(): void {
    this.#ask();
  }

  close(): void {
    clearTimeout(this.#goOver);
    clearTimeout(this.#again);
  }

  #ask(): void {
    if (this.#again !== undefined) return;
    this.#asking ??= this.#fetch().finally(() => (this.#asking = null));
  }

  async #fetch(): Promise<void> {
    const { fetch, ring, onNewKey } = this.#deps;
    const isNew = await fetch()
      .then((keys) => ring.take(keys))
      .catch(() => false);
    if (isNew) {
      this.#tries = 0;
      onNewKey();
      this.#goOver ??= setTimeout(() => {
        this.#goOver = undefined;
        ring.goOver();
      }, OVERLAP_MS);
    }
    if (isNew && ring.newest >= this.#wanted) return;
    const pause = AGAIN_MS[this.#tries++];
    if (pause === undefined) return;
    this.#again = setTimeout(() => {
      this.#again = undefined;
      if (this.#wanted > ring.newest) this.#ask();
    }, pause);
  }
}
