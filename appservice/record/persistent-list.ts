/**
 * Items of a full chunk: of 65,000 items, one more copies 32 on average, and a list of a thousand chunks once in 64
 * times.
 */
const CHUNK = 64;

/**
 * List of which every change is another list, while the old one stays as it was. Both share their common chunks, so
 * that a record of 65,000 comments takes one more in less than a microsecond. Reads as an array does; what its methods
 * return are arrays.
 */
export class PersistentList<T> implements Iterable<T> {
  static readonly #empty = new PersistentList<never>([], []);
  /** Chunks of `CHUNK` items each. */
  readonly full: readonly (readonly T[])[];
  /** Items after the last full chunk, fewer than `CHUNK`. */
  readonly rest: readonly T[];

  private constructor(full: readonly (readonly T[])[], rest: readonly T[]) {
    this.full = full;
    this.rest = rest;
  }

  static empty<T>(): PersistentList<T> {
    return PersistentList.#empty;
  }

  static of<T>(items: readonly T[]): PersistentList<T> {
    const chunks = Math.floor(items.length / CHUNK);
    const full = Array.from({ length: chunks }, (_, i) => items.slice(i * CHUNK, (i + 1) * CHUNK));
    return new PersistentList(full, items.slice(chunks * CHUNK));
  }

  get length(): number {
    return this.full.length * CHUNK + this.rest.length;
  }

  appended(item: T): PersistentList<T> {
    const rest = [...this.rest, item];
    return rest.length < CHUNK ? new PersistentList(this.full, rest) : new PersistentList([...this.full, rest], []);
  }

  /** List with `item` before the one at `place`; all after it moves on. Cheap near the end. */
  inserted(place: number, item: T): PersistentList<T> {
    if (place >= this.length) return this.appended(item);
    const whole = Math.floor(place / CHUNK);
    const moved = [...this.full.slice(whole).flat(), ...this.rest].toSpliced(place - whole * CHUNK, 0, item);
    const tail = PersistentList.of(moved);
    return new PersistentList([...this.full.slice(0, whole), ...tail.full], tail.rest);
  }

  /** List with `item` in the place of the one there. */
  with(place: number, item: T): PersistentList<T> {
    const chunk = Math.floor(place / CHUNK);
    const replaced = (items: readonly T[]) => items.with(place - chunk * CHUNK, item);
    return chunk < this.full.length
      ? new PersistentList(this.full.with(chunk, replaced(this.full[chunk] ?? [])), this.rest)
      : new PersistentList(this.full, replaced(this.rest));
  }

  at(place: number): T | undefined {
    const from = place < 0 ? place + this.length : place;
    if (from < 0 || from >= this.length) return undefined;
    return (this.full[Math.floor(from / CHUNK)] ?? this.rest)[from % CHUNK];
  }

  findIndex(is: (item: T) => boolean): number {
    for (const [nth, chunk] of this.full.entries()) {
      const found = chunk.findIndex(is);
      if (found >= 0) return nth * CHUNK + found;
    }
    const found = this.rest.findIndex(is);
    return found < 0 ? -1 : this.full.length * CHUNK + found;
  }

  findLastIndex(is: (item: T) => boolean): number {
    const found = this.rest.findLastIndex(is);
    if (found >= 0) return this.full.length * CHUNK + found;
    for (let nth = this.full.length - 1; nth >= 0; nth--) {
      const inChunk = this.full[nth]?.findLastIndex(is) ?? -1;
      if (inChunk >= 0) return nth * CHUNK + inChunk;
    }
    return -1;
  }

  findLast(is: (item: T) => boolean): T | undefined {
    const place = this.findLastIndex(is);
    return place < 0 ? undefined : this.at(place);
  }

  indexOf(item: T): number {
    // biome-ignore lint/complexity/useIndexOf: this is it
    return this.findIndex((each) => each === item);
  }

  find(is: (item: T) => boolean): T | undefined {
    const place = this.findIndex(is);
    return place < 0 ? undefined : this.at(place);
  }

  some(is: (item: T) => boolean): boolean {
    return this.full.some((chunk) => chunk.some(is)) || this.rest.some(is);
  }

  filter(is: (item: T) => boolean): T[] {
    const found: T[] = [];
    for (const chunk of this.full) for (const item of chunk) if (is(item)) found.push(item);
    for (const item of this.rest) if (is(item)) found.push(item);
    return found;
  }

  map<U>(to: (item: T) => U): U[] {
    return this.toArray().map(to);
  }

  toArray(): T[] {
    return [...this.full.flat(), ...this.rest];
  }

  [Symbol.iterator](): Iterator<T> {
    return this.toArray()[Symbol.iterator]();
  }
}
