import { SAMPLE_RATE } from "./engine.ts";
import type { Piece } from "./voice-activity.ts";

/** What a caption is made of anew each time is never longer, so that it costs the same however long somebody speaks. */
const LONGEST = 5 * SAMPLE_RATE;
/** Where the settled part may end: not too near to what was only just said. */
const CUT_FROM = 2 * SAMPLE_RATE;
const CUT_TO = 4 * SAMPLE_RATE;
const STEP = SAMPLE_RATE / 50;
/** Quiet for this long is a place between two words. */
const QUIET = SAMPLE_RATE / 10;

/** `settle`: its text is kept and not decoded again. Otherwise it is what a caption shows behind the settled text. */
export type CaptionPart = { readonly samples: Float32Array; readonly settle: boolean };

/** The piece being spoken as its captions see it: the text that is settled, and the rest, which is decoded anew each time. */
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

  /** The whole caption, with `text` for what is not settled. */
  shown(piece: number, text: string): string {
    return piece === this.#piece ? joined(this.#settled, text) : text;
  }
}

function joined(before: string, after: string): string {
  return [before, after].filter((part) => part !== "").join(" ");
}

/** The middle of the quietest tenth of a second in the span where a cut may lie. */
function quietest(samples: Float32Array): number {
  let best = { at: CUT_TO, loudness: Infinity };
  for (let at = CUT_FROM; at + QUIET <= CUT_TO; at += STEP) {
    const loudness = samples.subarray(at, at + QUIET).reduce((sum, sample) => sum + sample * sample, 0);
    if (loudness < best.loudness) best = { at: at + QUIET / 2, loudness };
  }
  return best.at;
}
