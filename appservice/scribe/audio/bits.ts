import { UnreadableAudio } from "./audio.ts";

/** Reads numbers of any length in bits, the highest bit first. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, byte = 0) {
    this.#bytes = bytes;
    this.#at = byte * 8;
  }

  /** Index of the byte that is read next, once the begun one is left behind. */
  get byte(): number {
    return Math.ceil(this.#at / 8);
  }

  /** Reads up to 32 bits. */
  read(count: number): number {
    let value = 0;
    for (let left = count; left > 0; ) {
      const free = 8 - (this.#at & 7);
      const taken = Math.min(free, left);
      const byte = this.#bytes[this.#at >> 3];
      if (byte === undefined) throw new UnreadableAudio("it breaks off");
      value = value * 2 ** taken + ((byte >> (free - taken)) & (2 ** taken - 1));
      this.#at += taken;
      left -= taken;
    }
    return value;
  }

  signed(count: number): number {
    const value = this.read(count);
    return value >= 2 ** (count - 1) ? value - 2 ** count : value;
  }

  /** Counts the zeros before the next one. */
  unary(): number {
    let zeros = 0;
    while (this.read(1) === 0) zeros++;
    return zeros;
  }

  toNextByte(): void {
    this.#at = this.byte * 8;
  }
}

/** Writes numbers of any length in bits, the highest bit first. */
export class BitWriter {
  #bytes = new Uint8Array(16_384);
  #at = 0;

  /** Writes up to 32 bits of a number that is not negative. */
  write(value: number, count: number): void {
    if (count <= 24) return this.#few(value, count);
    for (let left = count; left > 0; ) {
      this.#grow();
      const free = 8 - (this.#at & 7);
      const taken = Math.min(free, left);
      const part = Math.floor(value / 2 ** (left - taken)) & (2 ** taken - 1);
      this.#bytes[this.#at >> 3]! |= part << (free - taken);
      this.#at += taken;
      left -= taken;
    }
  }

  /** The same in whole numbers of 32 bits, byte by byte: most of a file is written so. */
  #few(value: number, count: number): void {
    this.#grow();
    const free = 8 - (this.#at & 7);
    let byte = this.#at >> 3;
    this.#at += count;
    if (count <= free) {
      this.#bytes[byte]! |= value << (free - count);
      return;
    }
    let left = count - free;
    this.#bytes[byte]! |= value >> left;
    for (; left > 8; left -= 8) this.#bytes[++byte] = value >> (left - 8);
    this.#bytes[++byte] = value << (8 - left);
  }

  signed(value: number, count: number): void {
    this.write(value < 0 ? value + 2 ** count : value, count);
  }

  unary(zeros: number): void {
    for (let left = zeros; left > 0; left -= 32) this.write(0, Math.min(32, left));
    this.write(1, 1);
  }

  /** Writes a number by Rice's code: so many whole parts as zeros, a one, and the rest in `parameter` bits. */
  rice(value: number, parameter: number): void {
    const zeros = value >> parameter;
    if (zeros + 1 + parameter <= 24)
      return this.write((1 << parameter) | (value & ((1 << parameter) - 1)), zeros + 1 + parameter);
    this.unary(zeros);
    this.write(value & (2 ** parameter - 1), parameter);
  }

  toNextByte(): void {
    this.#at = Math.ceil(this.#at / 8) * 8;
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, Math.ceil(this.#at / 8));
  }

  #grow(): void {
    if ((this.#at >> 3) + 8 < this.#bytes.length) return;
    const larger = new Uint8Array(this.#bytes.length * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
