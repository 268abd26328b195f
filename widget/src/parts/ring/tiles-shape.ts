import { NOWHERE, type Point, type RingLayout, type Size } from "./layout.ts";

const GUTTER = 10;
const WIDEST = 16 / 9;
const NARROWEST = 1;
/** Share of a plain grid's tile that each of the others keeps at least, beside the speaker. */
const OF_PLAIN = 0.56;

type Grid = { readonly tile: Size; readonly places: readonly Point[]; readonly area: number };

/**
 * Pictures share all of the place: the speaker's is large, the others' lie in a grid beside it, or below where it is
 * narrow.
 */
export function tilesShape(
  count: number,
  space: Size,
  { absent, words }: { absent: number; words: number },
): RingLayout {
  const others = absent >= 0 ? count - 1 : count;
  const plain = gridIn(count, { ...space, left: 0, top: 0 }).area;
  const wide = space.width > space.height;
  const split = (share: number) => {
    const first = wide
      ? { width: space.width * share, height: space.height }
      : { width: space.width, height: space.height * share };
    const rest = wide
      ? { left: first.width, top: 0, width: space.width - first.width, height: space.height }
      : { left: 0, top: first.height, width: space.width, height: space.height - first.height };
    return { first, grid: gridIn(others, rest) };
  };
  // The speaker takes what the others can spare.
  const shares = [0.62, 0.58, 0.54, 0.5, 0.46, 0.42, 0.38, 0.34, 0.3];
  const chosen = split(shares.find((share) => split(share).grid.area >= plain * OF_PLAIN) ?? 0.3);
  const stage = tileIn({ width: chosen.first.width - GUTTER, height: chosen.first.height - words - GUTTER });
  const centre = { x: chosen.first.width / 2, y: chosen.first.height / 2 };
  const places = [...chosen.grid.places];
  if (absent >= 0) places.splice(absent, 0, { x: centre.x, y: centre.y - words / 2 });
  return {
    shape: "tiles",
    seat: chosen.grid.tile,
    label: chosen.grid.tile.width - 16,
    stage,
    words: Math.max(140, chosen.first.width - 24),
    beside: false,
    centre,
    orbit: null,
    places: others + (absent >= 0 ? 1 : 0) === count ? places : [NOWHERE],
  };
}

/** The grid of so many that makes the tiles largest. */
function gridIn(count: number, { left, top, width, height }: Size & { left: number; top: number }): Grid {
  let best: Grid = { tile: { width: 0, height: 0 }, places: [], area: 0 };
  for (let columns = 1; columns <= Math.max(1, count); columns += 1) {
    const lines = Math.ceil(Math.max(1, count) / columns);
    const cell = { width: width / columns, height: height / lines };
    const tile = tileIn({ width: cell.width - GUTTER, height: cell.height - GUTTER });
    const area = tile.width * tile.height;
    if (area <= best.area) continue;
    const step = { x: tile.width + GUTTER, y: tile.height + GUTTER };
    const places = Array.from({ length: count }, (_, index) => {
      const line = Math.floor(index / columns);
      const inLine = Math.min(columns, count - line * columns);
      return {
        x: left + width / 2 + step.x * ((index % columns) - (inLine - 1) / 2),
        y: top + height / 2 + step.y * (line - (lines - 1) / 2),
      };
    });
    best = { tile, places, area };
  }
  return best;
}

/** Neither a letter box nor a pillar. */
function tileIn({ width, height }: Size): Size {
  const wide = Math.max(24, Math.min(width, height * WIDEST));
  return { width: wide, height: Math.max(24, Math.min(height, wide / NARROWEST)) };
}
