import { SAMPLE_RATE } from "./engine.ts";
import type { Piece } from "./voice-activity.ts";

/**
 * Longest stretch, in samples, that is decoded anew for each caption, so that captions cost the same however long
 * somebody speaks.
 */
const LONGEST = 5 * SAMPLE_RATE;
/** Limits within which the settled part may end: not too near to the words just said. */
const CUT_FROM = 2 * SAMPLE_RATE;
const CUT_TO = 4 * SAMPLE_RATE;
const STEP = SAMPLE_RATE / 50;
/** Length of a quiet moment that is taken for a place between two words. */
const QUIET = SAMPLE_RATE / 10;

/** `settle`: text of this part is kept and not decoded again. Otherwise a caption shows it behind the settled text. */
export type CaptionPart = { readonly samples: Float32Array; readonly settle: boolean };

/**
 * Piece being spoken as its captions see it: the text that is settled, and the rest, which is decoded anew each time.
 */
export class CaptionWindow {
  #piece = 0;
  #settledTo = 0;
  #settled = "";

  next(piece: number, { samples, from }: Piece): CaptionPart {
    if (piece !== this.#piece) {
      this.#piece = piece;
      this.#settledTo = from;
      this.#settled = "";
    }
    const rest = samples.subarray(Math.max(0, this.#settledTo - from));
    return rest.length <= LONGEST
      ? { samples: rest, settle: false }
      : { samples: rest.subarray(0, quietest(rest)), settle: true };
  }

  settle(piece: number, { samples }: CaptionPart, text: string): void {
    if (piece !== this.#piece) return;
    this.#settledTo += samples.length;
    this.#settled = joined(this.#settled, text);
  }

  /** Whole caption, with `text` for the part that is not settled. */
  shown(piece: number, text: string): string {
    return piece === this.#piece ? joined(this.#settled, text) : text;
  }
}

function joined(before: string, after: string): string {
  return [before, after].filter((part) => part !== "").join(" ");
}

/** Finds the middle of the quietest tenth of a second in the span where a cut may lie. */
function quietest(samples: Float32Array): number {
  let best = { at: CUT_TO, loudness: Infinity };
  for (let at = CUT_FROM; at + QUIET <= CUT_TO; at += STEP) {
    const loudness = samples.subarray(at, at + QUIET).reduce((sum, sample) => sum + sample * sample, 0);
    if (loudness < best.loudness) best = { at: at + QUIET / 2, loudness };
  }
  return best.at;
}
