/** Keeps what was used last, so many of it; what is not there is made. */
export class LastUsed<Key, Value> {
  readonly #most: number;
  readonly #make: () => Value;
  readonly #all = new Map<Key, Value>();

  constructor(most: number, make: () => Value) {
    this.#most = most;
    this.#make = make;
  }

  of(key: Key): Value {
    const value = this.#all.get(key) ?? this.#make();
    this.#all.delete(key);
    this.#all.set(key, value);
    const [oldest] = this.#all.keys();
    if (this.#all.size > this.#most && oldest !== undefined) this.#all.delete(oldest);
    return value;
  }
}
