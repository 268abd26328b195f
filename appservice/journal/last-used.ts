/** Keeps what was used last, so many of it. */
export class LastUsed<Key, Value> {
  readonly #most: number;
  readonly #all = new Map<Key, Value>();

  constructor(most: number) {
    this.#most = most;
  }

  get(key: Key): Value | undefined {
    const value = this.#all.get(key);
    return value === undefined ? undefined : this.keep(key, value);
  }

  forget(key: Key): void {
    this.#all.delete(key);
  }

  clear(): void {
    this.#all.clear();
  }

  keep(key: Key, value: Value): Value {
    this.#all.delete(key);
    this.#all.set(key, value);
    const [oldest] = this.#all.keys();
    if (this.#all.size > this.#most && oldest !== undefined) this.#all.delete(oldest);
    return value;
  }
}
