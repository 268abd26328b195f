import {
  type Candidate,
  fit,
  LABEL_HEIGHT,
  type Middle,
  NOWHERE,
  type Point,
  round,
  type RingLayout,
  type Size,
  wishedSeat,
} from "./layout.ts";

type Area = Size & { readonly left: number; readonly top: number };

const EDGE = 10;
/** Beside a face that is as high as the place, the words stand in a column of their own. */
const BESIDE = 150;

/** The middle at the left, everybody in rows beside it: for what is low and wide. */
export function stripShape(count: number, space: Size, middle: Middle): Candidate[] {
  if (space.width < space.height * 1.2) return [];
  // The lower, the more of it is the speaker's; where a ring takes over, both show them alike.
  const most = middle.most * (0.94 + 0.36 * fit((420 - space.height) / 110, 0, 1));
  const under = Math.min(space.height - middle.words.height - 8, most, space.width * 0.45);
  const alongside = Math.min(space.height - 12, most, space.width * 0.32);
  return [
    strip(count, space, middle, { face: under, beside: false }),
    // Words that stand alone have no face to stand beside.
    middle.most > 0 ? strip(count, space, middle, { face: alongside, beside: true }) : null,
  ].filter((each) => each !== null);
}

function strip(
  count: number,
  space: Size,
  { most, words }: Middle,
  { face, beside }: { face: number; beside: boolean },
): Candidate | null {
  if (face < Math.min(40, most)) return null;
  const wide = beside ? fit(space.width * 0.25, BESIDE, 240) : Math.max(face, fit(space.width * 0.3, 150, words.most));
  const block = beside ? face + 14 + wide : wide;
  const left = block + 2 * EDGE;
  const area = { left, top: 0, width: space.width - left - EDGE, height: space.height };
  const seats = rows(count, area, wishedSeat(count, space));
  if (!seats) return null;
  // Free space stands at both sides, so that middle and seats are seen as one.
  const free = Math.max(0, (area.width - seats.across) / 2 - EDGE);
  const shift = free * 0.6;
  return {
    middle: ofMost(face, most),
    seats: seats.seat / wishedSeat(count, space),
    layout: {
      ...common("strip", { face, wide, beside, seats }),
      centre: { x: EDGE + block / 2 + shift, y: space.height / 2 },
      places: seats.places.map(({ x, y }) => ({ x: x - free + shift, y })),
    },
  };
}

/** The middle above, everybody in rows below it: for what is narrow. */
export function columnShape(count: number, space: Size, middle: Middle): Candidate[] {
  return (middle.most > 0 ? [false, true] : [false]).flatMap((beside) => {
    const found: Candidate[] = [];
    for (const share of [0.5, 0.4, 0.3, 0.22]) {
      const below = space.height * share;
      const height = space.height - below - 8;
      const face = beside
        ? Math.min(height - 6, space.width * 0.4, middle.most)
        : Math.min(height - middle.words.height, space.width - 40, middle.most);
      const seats = rows(
        count,
        { left: 4, top: space.height - below, width: space.width - 8, height: below },
        wishedSeat(count, space),
      );
      if (face < Math.min(40, middle.most) || !seats) continue;
      const wide = beside
        ? Math.min(space.width - face - 42, middle.words.most)
        : Math.min(space.width - 24, middle.words.most);
      found.push({
        middle: ofMost(face, middle.most),
        seats: seats.seat / wishedSeat(count, space),
        layout: {
          ...common("column", { face, wide, beside, seats }),
          centre: { x: space.width / 2, y: height / 2 },
          places: seats.places,
        },
      });
    }
    return found;
  });
}

/** Shape of the speaker alone, the words at their side or below them: for a client's small picture, or one person. */
export function miniShape({ width, height }: Size, { most, words }: Middle): Candidate {
  const beside = most > 0 && width > height * 1.15 && height < 300;
  const face = beside
    ? fit(Math.min(height - 8, width * 0.42), 40, most)
    : fit(Math.min(height - words.height - 8, width - 32), Math.min(48, most), most);
  const wide = beside ? width - face - 38 : Math.min(width - 28, Math.max(420, words.most));
  return {
    middle: ofMost(face, most),
    seats: 0,
    layout: { ...common("mini", { face, wide, beside, seats: null }), centre: { x: width / 2, y: height / 2 } },
  };
}

const ofMost = (face: number, most: number) => (most > 0 ? Math.min(1, face / most) : 1);

type Rows = {
  readonly seat: number;
  readonly label: number;
  readonly across: number;
  readonly places: readonly Point[];
};

function common(
  shape: RingLayout["shape"],
  { face, wide, beside, seats }: { face: number; wide: number; beside: boolean; seats: Rows | null },
): RingLayout {
  return {
    shape,
    seat: round(seats?.seat ?? 0),
    label: seats?.label ?? 0,
    stage: round(face),
    words: wide,
    beside,
    centre: NOWHERE,
    orbit: null,
    places: seats?.places ?? [],
  };
}

/** Chooses the number of rows that makes the seats largest. */
function rows(count: number, area: Area, wished: number): Rows | null {
  let best: Rows | null = null;
  for (let lines = 1; lines <= count; lines += 1) {
    const columns = Math.ceil(count / lines);
    const cell = { x: area.width / columns, y: area.height / lines };
    const named = Math.min(cell.x - 10, cell.y - LABEL_HEIGHT - 12, wished);
    const seat = named >= 40 ? named : Math.min(cell.x - 8, cell.y - 10, 39);
    if (seat < 22 || (best && seat <= best.seat)) continue;
    best = inRows(count, { area, columns, seat, lines });
  }
  return best;
}

function inRows(
  count: number,
  { area, columns, seat, lines }: { area: Area; columns: number; seat: number; lines: number },
): Rows {
  const named = seat >= 40;
  const cell = {
    x: Math.min(area.width / columns, Math.max(seat + 26, named ? 96 : 0)),
    y: Math.min(area.height / lines, seat + (named ? LABEL_HEIGHT + 26 : 14)),
  };
  const top = area.top + (area.height - lines * cell.y) / 2 + cell.y / 2 - (named ? LABEL_HEIGHT / 2 - 2 : 0);
  const places = Array.from({ length: count }, (_, index) => {
    const line = Math.floor(index / columns);
    const inLine = Math.min(columns, count - line * columns);
    const left = area.left + (area.width - inLine * cell.x) / 2;
    return { x: left + cell.x * ((index % columns) + 0.5), y: top + cell.y * line };
  });
  return { seat, label: named ? cell.x - 4 : 0, across: columns * cell.x, places };
}
