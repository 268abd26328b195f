import type { SoundName } from "../protocol/sound-key.ts";
import { openByKey, sealByKey } from "./seal-by-key.ts";
import type { KeyName, WordKeys } from "./word-keys.ts";

/** First bytes of a sealed file; behind them a line with the name of the key, and then what is sealed. */
const HEADER = Buffer.from("mindminder-sealed ");
const END_OF_LINE = 0x0a;
/** Longest name of a key that is looked for. */
const LONGEST_NAME = 200;

/** Sound in files, each sealed by its speaker's key. A file from before there were keys is read as it is. */
export class SealedSound {
  readonly #keys: Pick<WordKeys, "read">;

  /**
   * Keys are read each time: one that was destroyed meanwhile is not remembered by a process that did not destroy it.
   */
  constructor(keys: Pick<WordKeys, "read">) {
    this.#keys = keys;
  }

  /** `by` left out: the sound lies as it is. */
  seal(sound: Uint8Array, name: SoundName, by: KeyName | undefined): Buffer {
    if (by === undefined) return Buffer.from(sound);
    const key = this.#keys.read(by);
    if (!key) throw new Error(`the key ${by} is not there any more`);
    return Buffer.concat([HEADER, Buffer.from(`${by}\n`), sealByKey(sound, key, name)]);
  }

  /** Null where the key is destroyed or lost, or the file was changed. */
  open(file: Buffer, name: SoundName): Buffer | null {
    if (!isSealed(file)) return file;
    const by = sealedBy(file);
    const key = by === null ? null : this.#keys.read(by);
    return key && openByKey(file.subarray(file.indexOf(END_OF_LINE) + 1), key, name);
  }
}

/** Name of the key by which a file is sealed, read from its start; null: there is none. */
export function sealedBy(file: Buffer): KeyName | null {
  const end = file.subarray(0, HEADER.length + LONGEST_NAME).indexOf(END_OF_LINE);
  return isSealed(file) && end >= 0 ? file.toString("latin1", HEADER.length, end) : null;
}

export function isSealed(file: Uint8Array): boolean {
  return HEADER.equals(file.subarray(0, HEADER.length));
}
