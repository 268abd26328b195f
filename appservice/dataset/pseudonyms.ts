import { createHmac } from "node:crypto";

/**
 * Names that stand for people, rooms and meetings: the same with every build, and nobody without the key can find out
 * whom they stand for, not even by trying.
 */
export class Pseudonyms {
  readonly #key: Uint8Array;

  constructor(key: Uint8Array) {
    this.#key = key;
  }

  person(id: string): string {
    return `s${this.#letters("person", id, 12)}`;
  }

  room(id: string): string {
    return `r${this.#letters("room", id, 12)}`;
  }

  meeting(id: string): string {
    return `m${this.#letters("meeting", id, 12)}`;
  }

  /** A number from 0 up to, but not, `below`. */
  number(of: string, below: number): number {
    return Number.parseInt(this.#letters("number", of, 12), 16) % below;
  }

  /** Letters that tell whether two sets were made with the same key. */
  get fingerprint(): string {
    return this.#letters("key", "", 16);
  }

  #letters(kind: string, id: string, length: number): string {
    return createHmac("sha256", this.#key).update(`${kind}\n${id}`).digest("hex").slice(0, length);
  }
}
