import { pcmOf } from "./audio/pcm.ts";
import { SAMPLE_RATE } from "./engine.ts";

const PER_MS = SAMPLE_RATE / 1_000;
/**
 * Difference from its due time within which sound is only late, or early, on its way; sound with more was said later.
 */
const FLOWS_WITHIN_MS = 300;

/** 16-bit samples; `startedAt` is when the first of them was heard. */
export type Sound = { readonly startedAt: number; readonly samples: Int16Array };

type Chunk = { readonly from: number; readonly samples: Int16Array };

/** The last sound of one person, with the instants at which it was heard. */
export class HeardLately {
  readonly #keptMs: number;
  #chunks: Chunk[] = [];
  #forgottenTo = -Infinity;

  constructor(keptMs: number) {
    this.#keptMs = keptMs;
  }

  /** Adds samples; `at`: when the last of them was heard. */
  add(samples: Float32Array, at: number): void {
    const last = this.#chunks.at(-1);
    const [due, came] = [last ? endOf(last) : -Infinity, at - samples.length / PER_MS];
    this.#chunks.push({
      from: Math.abs(came - due) < FLOWS_WITHIN_MS ? due : Math.max(came, due),
      samples: pcmOf(samples),
    });
    while (this.#chunks[0] && endOf(this.#chunks[0]) < at - this.#keptMs)
      this.#forgottenTo = endOf(this.#chunks.shift()!);
  }

  /** Instant up to which sound is forgotten. */
  get forgottenTo(): number {
    return this.#forgottenTo;
  }

  /**
   * Sound heard in this time, from its first sample to its last, with silence in its gaps; null where nothing at all
   * was heard.
   */
  between(from: number, to: number): Sound | null {
    const of = this.#chunks.filter((chunk) => endOf(chunk) > from && chunk.from < to);
    const [first, last] = [of[0], of.at(-1)];
    if (!first || !last) return null;
    const startedAt = Math.max(from, first.from);
    const samples = new Int16Array(Math.round((Math.min(to, endOf(last)) - startedAt) * PER_MS));
    for (const chunk of of) {
      const place = Math.round((chunk.from - startedAt) * PER_MS);
      const part = chunk.samples.subarray(Math.max(0, -place), Math.max(0, samples.length - place));
      samples.set(part, Math.max(0, place));
    }
    return { startedAt, samples };
  }
}

function endOf({ from, samples }: Chunk): number {
  return from + samples.length / PER_MS;
}
