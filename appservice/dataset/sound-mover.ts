import { createHash } from "node:crypto";
import type { Utterance } from "../protocol/meeting-record.ts";
import { flacLength } from "../scribe/audio/flac-read.ts";
import type { BuildDeps } from "./build-deps.ts";
import { soundPath } from "./form.ts";
import type { Chosen } from "./material.ts";
import { type LeftOut, LONGEST_S, SHORTEST_S } from "./pieces.ts";
import { type SpeechRow, SPLITS, type Split } from "./rows.ts";
import type { StandingDataset } from "./standing.ts";

const RATE = 16_000;

type MoverDeps = Pick<BuildDeps, "source" | "target" | "signal"> & { readonly standing: StandingDataset };

type Moved = SpeechRow["sound"] & { readonly seconds: number };

/** Puts sound, and what is made with it, to the place of the set. What lies there already is not sent again. */
export class SoundMover {
  readonly #deps: MoverDeps;
  readonly #sums = new Map<string, string>();
  #sent = 0;

  constructor(deps: MoverDeps) {
    this.#deps = deps;
  }

  get sums(): ReadonlyMap<string, string> {
    return this.#sums;
  }

  /** Number of files that were sent. */
  get sent(): number {
    return this.#sent;
  }

  /** Brings a piece's sound to its place, or tells why it is of no use. */
  async move(
    chosen: Chosen,
    utterance: Utterance,
    { id, split }: { id: string; split: Split },
  ): Promise<Moved | LeftOut> {
    const { standing } = this.#deps;
    const path = soundPath(split, id);
    const [sum, bytes, seconds] = [standing.sums.get(path), standing.there.get(path), standing.pieces.get(id)];
    if (sum !== undefined && bytes !== undefined && seconds !== undefined) {
      this.#sums.set(path, sum);
      return { path, sha256: sum, bytes, seconds };
    }
    const sound = await this.#find(chosen, utterance, id);
    if (!sound) return "no-sound";
    const length = flacLength(sound);
    if (length?.rate !== RATE) return "sound-unreadable";
    if (length.seconds < SHORTEST_S || length.seconds > LONGEST_S) return "too-short-or-long";
    const sha256 = await this.#put(path, sound);
    return { path, sha256, bytes: sound.length, seconds: length.seconds };
  }

  /** Puts a file that is made only if it is not there. Its name must tell what is in it. */
  async putMade(path: string, make: () => Promise<Uint8Array>): Promise<void> {
    const { standing } = this.#deps;
    const sum = standing.there.has(path) ? standing.sums.get(path) : undefined;
    if (sum !== undefined) this.#sums.set(path, sum);
    else await this.#put(path, await make());
  }

  /** Reads sound that was moved. */
  async read(chosen: Chosen, { id, sound }: SpeechRow, utterance: Utterance | undefined): Promise<Uint8Array> {
    const bytes = utterance && (await this.#find(chosen, utterance, id));
    if (!bytes) throw new Error(`${sound.path} went away while the set was built`);
    return bytes;
  }

  /** Finds sound here, or where an earlier version put it: what was published stays in the set as long as it may. */
  async #find({ room, id: meeting }: Chosen, utterance: Utterance, id: string): Promise<Uint8Array | null> {
    const { source, standing, target, signal } = this.#deps;
    const here = await source.sound(room, meeting, utterance);
    if (here) return here;
    const path = SPLITS.map((split) => soundPath(split, id)).find((each) => standing.there.has(each));
    return path === undefined ? null : await target.read(path, signal);
  }

  async #put(path: string, bytes: Uint8Array): Promise<string> {
    const { target, standing, signal } = this.#deps;
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    // A build that was broken off has sent it: what is there is whole.
    if (standing.there.get(path) !== bytes.length || (standing.sums.get(path) ?? sha256) !== sha256) {
      await target.put(path, { bytes }, signal);
      this.#sent++;
    }
    this.#sums.set(path, sha256);
    return sha256;
  }
}
