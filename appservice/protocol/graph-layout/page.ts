/** Type on every page alike: smaller type is not read. */
export const TEXT = { size: 13.5, line: 18, head: 21, mostLines: 4 } as const;

/**
 * `oval`: people as they sit, what they said beside them, what came of it in the middle. `column`: one below the other,
 * where there is no room for that.
 */
export type Page = {
  readonly shape: "oval" | "column";
  readonly width: number;
  readonly margin: number;
  /** Width of a card beside a person. */
  readonly card: number;
  /** Between those cards and the middle: the people, and the lines. */
  readonly lane: number;
  readonly gap: number;
  /** Between two people. */
  readonly group: number;
};

export const POSTER: Page = { shape: "oval", width: 1600, margin: 40, card: 310, lane: 190, gap: 10, group: 34 };

const OVAL_FROM = 860;
const MOST_COLUMN = 560;

/** The page for a place of so many pixels. */
export function pageOf(width: number): Page {
  if (width < OVAL_FROM)
    return {
      shape: "column",
      width: Math.max(200, width),
      margin: 6,
      card: Math.min(MOST_COLUMN, Math.max(200, width) - 46),
      lane: 34,
      gap: 8,
      group: 22,
    };
  const card = Math.round(Math.min(POSTER.card, width * 0.215));
  const lane = Math.round(Math.min(POSTER.lane, width * 0.15));
  return { shape: "oval", width: Math.min(width, POSTER.width), margin: 16, card, lane, gap: POSTER.gap, group: 30 };
}
