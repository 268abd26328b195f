export type MapLayout = {
  readonly columns: number;
  /** Width of one group's place in pixels. */
  readonly cell: number;
  /** There is room for a line under each group. */
  readonly captioned: boolean;
};

/** A finger finds it, and eight seats can still be told apart. */
const LEAST = 64;
/** Largest group among others, and the one in which all sit. */
const MOST = { among: 400, alone: 480 };
/** A line under a smaller group would be nothing but dots. */
const CAPTIONED = 116;
export const CAPTION = 24;
/** Share of a group's size that is worth a row less: on a phone two groups stand side by side. */
const AS_LARGE = 0.97;

/** Places of all groups as large as the room allows; where it does not allow for the least, the map is scrolled. */
export function mapLayout(rings: number, { width, height }: { width: number; height: number }): MapLayout {
  const withLine = largest(rings, width, height, CAPTION);
  if (withLine.cell >= CAPTIONED) return { ...withLine, captioned: true };
  return { ...largest(rings, width, height, 0), captioned: false };
}

function largest(rings: number, width: number, height: number, line: number): Omit<MapLayout, "captioned"> {
  const most = rings > 1 ? MOST.among : MOST.alone;
  let best = { columns: 1, cell: 0 };
  for (let columns = 1; columns <= Math.max(1, rings); columns += 1) {
    const cell = Math.floor(Math.min(width / columns, height / Math.ceil(rings / columns) - line, most));
    const isAsLarge = best.cell >= LEAST && cell >= best.cell * AS_LARGE;
    if (cell > best.cell || isAsLarge) best = { columns, cell };
  }
  if (best.cell >= LEAST) return best;
  const columns = Math.max(1, Math.min(rings, Math.floor(width / LEAST)));
  return { columns, cell: Math.min(most, Math.floor(width / columns)) };
}
