export type Point = { readonly x: number; readonly y: number };
export type Size = { readonly width: number; readonly height: number };

export type RingLayout = {
  /**
   * `ring`: seats round the middle. `strip`: the middle at the left, seats beside it. `column`: the middle above, seats
   * below it. `tiles`: pictures that share all of the place. `mini`: the middle and nobody else.
   */
  readonly shape: "ring" | "strip" | "column" | "tiles" | "mini";
  /** The face at a seat; a circle but for tiles. */
  readonly seat: Size;
  /** Width a name may take under its seat; 0 where names have no room. */
  readonly label: number;
  /** The face in the middle, or the clock that stands for it. */
  readonly stage: Size;
  /** Width for the words of the middle. */
  readonly words: number;
  /** The words stand at the side of the face instead of under it. */
  readonly beside: boolean;
  /** Centre of the face and its words together. */
  readonly centre: Point;
  /** The way that the word goes round; null where it is no circle. */
  readonly orbit: { readonly centre: Point; readonly radius: Point } | null;
  readonly places: readonly Point[];
};

/** Sizes of the middle in pixels: a face or clock from its least to its most, and the words under it. */
export type Middle = {
  readonly least: number;
  readonly most: number;
  readonly words: { readonly least: number; readonly most: number; readonly height: number };
};

/** A layout, with how large the middle is of what it should be: what candidates are compared by. */
export type Candidate = { readonly layout: RingLayout; readonly middle: number; readonly seats: number };

/** The name, and the bar of talk time above it. */
export const LABEL_HEIGHT = 28;
export const GAP = 10;
export const NOWHERE: Point = { x: 0, y: 0 };

export function fit(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

export function round(diameter: number): Size {
  return { width: diameter, height: diameter };
}

/** Size of a seat in pixels where there is room enough: squeezed only where more than nine share the way round. */
export function wishedSeat(count: number, { width, height }: Size): number {
  const share = count <= 7 ? 0.24 : count <= 9 ? 0.21 : 0.16;
  return fit(Math.min(width, height) * share, 40, count <= 9 ? 190 : 130);
}

/**
 * The speaker counts most, then that people are seen and named; where there is room it is a ring that people sit in.
 */
export function worth({ layout, middle, seats }: Candidate, { width, height }: Size): number {
  const circle =
    layout.shape !== "ring" ? 0 : middle < 0.8 ? 0.2 : 0.4 + fit((Math.min(width, height) - 320) / 100, 0, 1);
  return 3 * middle + 1.9 * Math.min(1, seats) + (layout.label > 0 ? 0.4 : 0) + circle - (layout.beside ? 0.15 : 0);
}
