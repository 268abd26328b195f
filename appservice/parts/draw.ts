import { randomBelow } from "../time/chance.ts";

/** Draws the order of a ring, and whatever else is left to chance; the journal keeps the draw. */
export function drawSeed(): number {
  return randomBelow(2 ** 32);
}
