import { evenly, radiusIn, wayRound } from "./ellipse.ts";
import {
  type Candidate,
  fit,
  GAP,
  LABEL_HEIGHT,
  type Middle,
  type Point,
  round,
  type Size,
  wishedSeat,
  worth,
} from "./layout.ts";

/** A face and the words under it, where nothing touches them. */
type Block = { readonly face: number; readonly words: number; readonly top: number };
type Around = { readonly places: readonly Point[]; readonly seat: number; readonly label: number };

const BETWEEN = 8;
const SMALLEST = 30;
/** Share of the middle's size beyond which larger seats are of more use. */
const ENOUGH = 0.86;

/** Seats round the middle: as large as they may be while the middle has its size, else what is best for both. */
export function ringShape(count: number, space: Size, middle: Middle): Candidate | null {
  if (count < 2) return null;
  const wished = wishedSeat(count, space);
  let best: Candidate | null = null;
  for (let seat = wished; seat >= SMALLEST; seat -= Math.max(4, seat * 0.06)) {
    for (const aside of count % 2 === 0 ? [true, false] : [false, true]) {
      const found = around(count, space, { middle, seat, aside, wished });
      if (found && (!best || worth(found, space) > worth(best, space) + 1e-6)) best = found;
    }
    if (best && best.middle >= ENOUGH) return best;
  }
  return best;
}

function around(
  count: number,
  space: Size,
  { middle, seat, aside, wished }: { middle: Middle; seat: number; aside: boolean; wished: number },
): Candidate | null {
  const radius = radiusIn(space, seat);
  const centre = { x: space.width / 2, y: (space.height - LABEL_HEIGHT) / 2 };
  const places = evenly(count, { centre, radius, aside: aside || (count === 2 && radius.x > radius.y) });
  const room = wayRound(radius) / count;
  const label = seat >= 40 && room >= seat + 12 ? fit(room - 6, 48, Math.max(140, seat)) : 0;
  const seats = { places, seat, label };
  if (!apart(seats)) return null;
  const block = largest(space, seats, middle);
  if (!block) return null;
  const height = block.face + middle.words.height;
  return {
    middle: sizeOf(block, middle),
    seats: seat / wished,
    layout: {
      shape: "ring",
      seat: round(seat),
      label,
      stage: round(block.face),
      words: block.words,
      beside: false,
      centre: { x: centre.x, y: block.top + height / 2 },
      orbit: { centre, radius },
      places,
    },
  };
}

/** A middle that is all words is measured by their width. */
function sizeOf({ face, words }: Block, { most, least, words: wished }: Middle): number {
  return most > least ? Math.min(1, face / most) : Math.min(1, words / wished.most);
}

function apart({ places, seat, label }: Around): boolean {
  return places.every((one, index) =>
    places.slice(index + 1).every((other) => {
      const [across, down] = [Math.abs(one.x - other.x), Math.abs(one.y - other.y)];
      if (Math.hypot(across, down) < seat + BETWEEN) return false;
      // Under a seat stands a name, as wide as the seat at least.
      return label === 0 || across >= (seat + Math.min(label, 100)) / 2 || down >= seat + LABEL_HEIGHT;
    }),
  );
}

function largest(space: Size, seats: Around, middle: Middle): Block | null {
  const at = (share: number) => place(space, seats, middle, share);
  let found = at(0);
  if (!found) return null;
  let [low, high] = [0, 1];
  for (let look = 0; look < 7; look += 1) {
    const share = look === 0 ? 1 : (low + high) / 2;
    const block = at(share);
    if (block) {
      found = block;
      low = share;
    } else high = share;
    if (low === 1) break;
  }
  return widened(space, seats, middle, found);
}

/** The face of this share of its size, as near to the middle as it has room. */
function place(space: Size, seats: Around, { least, most, words }: Middle, share: number): Block | null {
  const face = least + share * (most - least);
  const wide = words.least + (most > least ? Math.min(share * 0.4, 0.4) : share) * (words.most - words.least);
  const height = face + words.height;
  const middle = (space.height - height) / 2;
  for (let off = 0; off <= space.height / 2; off += 5) {
    for (const top of [middle - off, middle + off]) {
      const block = { face, words: wide, top };
      if (top >= 2 && top + height <= space.height - 2 && isClear(space, seats, block, words.height)) return block;
    }
  }
  return null;
}

function widened(space: Size, seats: Around, { words }: Middle, block: Block): Block {
  let wide = block.words;
  while (wide < words.most && isClear(space, seats, { ...block, words: wide + 10 }, words.height)) wide += 10;
  return { ...block, words: wide };
}

function isClear(
  { width }: Size,
  { places, seat, label }: Around,
  { face, words, top }: Block,
  height: number,
): boolean {
  if (Math.max(words, face) > width - 16) return false;
  const eye = { x: width / 2, y: top + face / 2 };
  const text = {
    left: width / 2 - words / 2,
    right: width / 2 + words / 2,
    top: top + face,
    bottom: top + face + height,
  };
  return places.every((at) => {
    const under = {
      left: at.x - Math.max(seat, label * 0.8) / 2,
      right: at.x + Math.max(seat, label * 0.8) / 2,
      top: at.y,
      bottom: at.y + seat / 2 + (label ? LABEL_HEIGHT : 6),
    };
    return (
      (face === 0 || Math.hypot(at.x - eye.x, at.y - eye.y) >= (face + seat) / 2 + GAP) &&
      away(at, text) >= seat / 2 + GAP / 2 &&
      (face === 0 || away(eye, under) >= face / 2 + 4) &&
      !(text.left < under.right && text.right > under.left && text.top < under.bottom && text.bottom > under.top)
    );
  });
}

type Rect = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };

function away({ x, y }: Point, { left, right, top, bottom }: Rect): number {
  return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
}
