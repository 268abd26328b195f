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
    const end = file.subarray(0, HEADER.length + LONGEST_NAME).indexOf(END_OF_LINE);
    const key = end < 0 ? null : this.#keys.read(file.toString("latin1", HEADER.length, end));
    return key && openByKey(file.subarray(end + 1), key, name);
  }
}

export function isSealed(file: Uint8Array): boolean {
  return HEADER.equals(file.subarray(0, HEADER.length));
}
