/** Keys that are copied with each change; older ones are copied once in so many times. */
const NEWER = 32;

/**
 * Map of which every change is another map, while the old one stays as it was. Both share the older keys, so that a
 * meeting of a thousand turns does not copy a thousand entries with each of them.
 */
export class PersistentMap<K, V> {
  readonly older: ReadonlyMap<K, V>;
  /** Holds before what `older` says. */
  readonly newer: ReadonlyMap<K, V>;
  readonly size: number;

  private constructor(older: ReadonlyMap<K, V>, newer: ReadonlyMap<K, V>, size: number) {
    this.older = older;
    this.newer = newer;
    this.size = size;
  }

  static empty<K, V>(): PersistentMap<K, V> {
    return new PersistentMap<K, V>(new Map(), new Map(), 0);
  }

  has(key: K): boolean {
    return this.newer.has(key) || this.older.has(key);
  }

  get(key: K): V | undefined {
    return this.newer.has(key) ? this.newer.get(key) : this.older.get(key);
  }

  with(key: K, value: V): PersistentMap<K, V> {
    const size = this.has(key) ? this.size : this.size + 1;
    const newer = new Map(this.newer).set(key, value);
    return newer.size < NEWER
      ? new PersistentMap(this.older, newer, size)
      : new PersistentMap(new Map([...this.older, ...newer]), new Map(), size);
  }

  /** Copies all of it. */
  without(key: K): PersistentMap<K, V> {
    if (!this.has(key)) return this;
    const left = this.toMap();
    left.delete(key);
    return new PersistentMap(left, new Map(), left.size);
  }

  toMap(): Map<K, V> {
    return new Map([...this.older, ...this.newer]);
  }
}
