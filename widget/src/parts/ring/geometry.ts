import { type Candidate, fit, type Middle, type RingLayout, type Size, worth } from "./layout.ts";
import { ringShape } from "./ring-shape.ts";
import { columnShape, miniShape, stripShape } from "./rows-shape.ts";
import { tilesShape } from "./tiles-shape.ts";

export type { Point, RingLayout } from "./layout.ts";

/**
 * Content of the middle: somebody's face, a clock, my clock with the theme under it, a small sign with words, or words
 * alone.
 */
export type InTheMiddle = "face" | "clock" | "task" | "sign" | "words";

type Wishes = {
  readonly middle?: InTheMiddle;
  /** Somebody's camera is on. */
  readonly pictures?: boolean;
  /** Index of the person whose face the middle shows instead of their seat; -1 for nobody. */
  readonly absent?: number;
};

/** Least width of the middle in pixels: below it nobody sees who speaks. */
const SEEN = 96;

/** Lays the seats in a space of the given size, for any number of people, by the layout that shows the speaker best. */
export function layRing(
  count: number,
  width: number,
  height: number,
  { middle = "face", pictures = false, absent = -1 }: Wishes = {},
): RingLayout {
  const space = { width, height };
  const wished = middleOf(middle, space, count);
  const mini = miniShape(space, wished);
  if (count <= 1 || (width < 420 && height < 180)) return mini.layout;
  if (pictures && width >= 420 && height >= 220)
    return tilesShape(count, space, { absent, words: Math.min(wished.words.height, 56) });
  const ring = ringShape(count, space, wished);
  const candidates = [
    ...(ring ? [ring] : []),
    ...stripShape(count, space, wished),
    ...columnShape(count, space, wished),
  ];
  return (best(candidates, space, wished) ?? mini).layout;
}

function best(candidates: readonly Candidate[], space: Size, { most }: Middle): Candidate | undefined {
  const seen = candidates.filter(({ layout }) => layout.stage.width >= Math.min(SEEN, most));
  return (seen.length > 0 ? seen : candidates).toSorted((one, other) => worth(other, space) - worth(one, space))[0];
}

function middleOf(what: InTheMiddle, { width, height }: Size, count: number): Middle {
  const shorter = Math.min(width, height);
  const narrow = width < 420;
  if (what === "words")
    return {
      least: 0,
      most: 0,
      words: { least: narrow ? 150 : 200, most: fit(width * 0.55, 200, 620), height: fit(height * 0.36, 96, 240) },
    };
  if (what === "sign") {
    const most = count <= 1 ? fit(shorter * 0.4, 64, 180) : 64;
    return { least: most, most, words: { least: narrow ? 150 : 200, most: fit(width * 0.5, 200, 420), height: 84 } };
  }
  if (what === "task")
    return {
      least: 96,
      most: fit(shorter * 0.4, 110, 300),
      words: { least: 240, most: fit(width * 0.5, 240, 560), height: 148 },
    };
  return {
    least: 56,
    most: fit(shorter * 0.5, SEEN + 14, what === "clock" ? 320 : 420),
    words: { least: narrow ? 140 : 170, most: fit(width * 0.36, 150, 360), height: narrow ? 74 : 66 },
  };
}

/** Room for the theme under my own clock. */
export function hasRoomForTheme({ width, height }: Size): boolean {
  return width >= 560 && height >= 380;
}
