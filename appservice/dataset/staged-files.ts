import { createHash, type Hash } from "node:crypto";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { DatasetFiles } from "./form.ts";

/** Letters that wait in memory for each file. */
const WAITING = 128_000;

export type StagedFile = {
  readonly path: string;
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
};

type Writing = { readonly packed: boolean; readonly hash: Hash; waiting: string; bytes: number };

/** Files of a set as they are written on this machine, before any of them goes to its place. */
export class StagedFiles implements DatasetFiles {
  readonly #folder: string;
  readonly #files = new Map<string, Writing>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  add(path: string, text: string): void {
    this.#write(path, text, false);
  }

  addPacked(path: string, text: string): void {
    this.#write(path, text, true);
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  /** Finishes all files. */
  finished(): StagedFile[] {
    return [...this.#files].map(([path, writing]) => {
      if (writing.waiting !== "" || writing.bytes === 0) this.#flush(path, writing);
      return { path, file: join(this.#folder, path), sha256: writing.hash.copy().digest("hex"), bytes: writing.bytes };
    });
  }

  #write(path: string, text: string, packed: boolean): void {
    let writing = this.#files.get(path);
    if (!writing) {
      writing = { packed, hash: createHash("sha256"), waiting: "", bytes: 0 };
      this.#files.set(path, writing);
      mkdirSync(dirname(join(this.#folder, path)), { recursive: true, mode: 0o700 });
      writeFileSync(join(this.#folder, path), "", { mode: 0o600 });
    }
    writing.waiting += text;
    if (writing.waiting.length >= WAITING) this.#flush(path, writing);
  }

  /** Packed members that follow one another are one packed file. */
  #flush(path: string, writing: Writing): void {
    const bytes = writing.packed ? gzipSync(writing.waiting) : Buffer.from(writing.waiting);
    appendFileSync(join(this.#folder, path), bytes);
    writing.hash.update(bytes);
    writing.bytes += bytes.length;
    writing.waiting = "";
  }
}
