export type Point = { readonly x: number; readonly y: number };

export type RingLayout = {
  /**
   * `ring`: seats round a stage. `strip`: the stage at the left, seats in rows beside it; for what is short and wide.
   * `mini`: whoever has the word and nobody else; for a client's small picture of a call that goes on elsewhere.
   */
  readonly shape: "ring" | "strip" | "mini";
  readonly seat: number;
  /** Width a name may take under its seat; 0 where names have no room. */
  readonly label: number;
  readonly stage: number;
  /** Width that the words under the stage may take without touching a seat. */
  readonly words: number;
  readonly centre: Point;
  readonly radius: Point;
  readonly places: readonly Point[];
};

/** The name, and the bar of talk time above it. */
const LABEL_HEIGHT = 28;
const STAGE_TEXT = 66;
const ENOUGH_FOR_A_NAME = 150;
const GAP = 10;

/** Where everybody sits in a space of the given size, for any number of people. */
export function layRing(count: number, width: number, height: number): RingLayout {
  if (width < 420 && height < 190) return layMini(width, height);
  if (isStrip(width, height)) return layStrip(count, width, height);
  const centre = { x: width / 2, y: height / 2 };
  if (count <= 1) return { shape: "ring", seat: 0, label: 0, stage: fit(Math.min(width - 48, height - STAGE_TEXT - 40), 64, 300), words: Math.min(width - 32, 420), centre, radius: { x: 0, y: 0 }, places: [] };

  const largest = fit(Math.min(width, height) * 0.16, 104, 140);
  let seat = fit(Math.min(width, height) * (count <= 4 ? 0.2 : 0.17), 34, largest);
  let radius = radiusFor(width, height, seat);
  // A smaller seat makes a longer way round; three looks settle it.
  for (let look = 0; look < 3; look += 1) {
    const room = wayRound(radius) / count;
    // At the sides one sits under the other, and the name between them.
    seat = fit(Math.min(seat, room * 0.72, Math.max(room - LABEL_HEIGHT - 16, 38)), 26, largest);
    radius = radiusFor(width, height, seat);
  }
  const room = wayRound(radius) / count;
  const label = seat >= 40 && room >= seat + LABEL_HEIGHT ? fit(room - 6, 48, 140) : 0;
  const inner = { x: 2 * radius.x - seat - 2 * GAP, y: 2 * radius.y - seat - 2 * GAP - (label ? LABEL_HEIGHT : 0) };
  let stage = fit(Math.min(inner.x - 8, inner.y - STAGE_TEXT), 56, fit(Math.min(width, height) * 0.4, 280, 400));
  const places = evenly(count, centre, radius);
  const roomAt = (size: number) => roomForWords(places, centre, { seat, stage: size, width });
  // A smaller face lifts the words out of the narrow place between the lowest seats.
  while (stage > 84 && roomAt(stage) < ENOUGH_FOR_A_NAME) stage -= 4;
  const words = fit(roomAt(stage), 130, 360);
  return { shape: "ring", seat, label, stage, words, centre, radius, places };
}

/** The words stand under the face, line by line, where seats may come close from both sides. */
function roomForWords(places: readonly Point[], centre: Point, { seat, stage, width }: { seat: number; stage: number; width: number }): number {
  const top = centre.y + stage / 2 - STAGE_TEXT / 2;
  const clear = [10, 26, 42, 58].flatMap((line) => places.flatMap(({ x, y }) => {
    const half = halfWidthAt(top + line - y, seat);
    return half > 0 ? [Math.abs(x - centre.x) - half] : [];
  }));
  return 2 * Math.min(...clear, width * 0.4, 190) - GAP;
}

/** How far a seat and the name under it reach to the side, that far below the seat's middle. */
function halfWidthAt(below: number, seat: number): number {
  const radius = seat / 2 + 10;
  if (Math.abs(below) < radius) return Math.sqrt(radius ** 2 - below ** 2);
  return below > 0 && below < radius + LABEL_HEIGHT ? Math.min(seat / 2, 40) : 0;
}

function layMini(width: number, height: number): RingLayout {
  const stage = fit(height - 16, 44, 96);
  return { shape: "mini", seat: 0, label: 0, stage, words: width - stage - 40, centre: { x: width / 2, y: height / 2 }, radius: { x: 0, y: 0 }, places: [] };
}

function isStrip(width: number, height: number): boolean {
  return height < 300 && width > height * 1.5;
}

function layStrip(count: number, width: number, height: number): RingLayout {
  const narrow = width < 480;
  const stage = fit(Math.min(height - STAGE_TEXT - 8, narrow ? width * 0.28 : height), 48, 150);
  // Words under the stage are wider than it.
  const beside = narrow ? 48 : 120;
  const left = stage + beside;
  const usable = Math.max(120, width - left - 16);
  let seat = 72;
  const cell = () => ({ x: Math.max(seat + 12, seat >= 40 ? 76 : 0), y: seat + (seat >= 40 ? LABEL_HEIGHT + 10 : 8) });
  const columns = () => Math.max(1, Math.floor(usable / cell().x));
  while (seat > 26 && Math.ceil(count / columns()) * cell().y > height - 20) seat -= 2;

  const { x: cellX, y: cellY } = cell();
  const rows = Math.ceil(count / columns());
  const inRow = Math.ceil(count / Math.max(1, rows));
  const free = Math.max(0, (width - left - inRow * cellX) / 2 - 8);
  const top = (height - rows * cellY) / 2 + cellY / 2 - (seat >= 40 ? LABEL_HEIGHT / 2 : 0);
  const places = Array.from({ length: count }, (_, index) => ({
    x: free + left + cellX * ((index % inRow) + 0.5),
    y: top + cellY * Math.floor(index / inRow),
  }));
  const centre = { x: free + 8 + (stage + beside - 16) / 2, y: height / 2 };
  return { shape: "strip", seat, label: seat >= 40 ? cellX - 4 : 0, stage, words: stage + beside - 20, centre, radius: { x: 0, y: 0 }, places };
}

function radiusFor(width: number, height: number, seat: number): Point {
  return {
    x: fit((width - seat) / 2 - 18, 20, 520),
    y: fit((height - seat - LABEL_HEIGHT) / 2 - 6, 20, 460),
  };
}

/** Places at even distances along the ellipse, the first at the top, going with the clock. */
function evenly(count: number, centre: Point, radius: Point): Point[] {
  const steps = 720;
  // Two sit across the longer way.
  const first = count === 2 && radius.x > radius.y ? steps * 0.75 : 0;
  const lengths = [0];
  for (let step = 1; step <= steps; step += 1) {
    const [one, other] = [onEllipse(step - 1, steps, radius), onEllipse(step, steps, radius)];
    lengths.push((lengths[step - 1] ?? 0) + Math.hypot(one.x - other.x, one.y - other.y));
  }
  const whole = lengths[steps] ?? 0;
  return Array.from({ length: count }, (_, index) => {
    const step = lengths.findIndex((length) => length >= (whole * index) / count);
    const point = onEllipse(Math.max(0, step) + first, steps, radius);
    return { x: centre.x + point.x, y: centre.y - LABEL_HEIGHT / 2 + point.y };
  });
}

function onEllipse(step: number, steps: number, radius: Point): Point {
  const angle = (step / steps) * 2 * Math.PI - Math.PI / 2;
  return { x: radius.x * Math.cos(angle), y: radius.y * Math.sin(angle) };
}

/** Ramanujan's approximation of an ellipse's circumference. */
function wayRound({ x, y }: Point): number {
  return Math.PI * (3 * (x + y) - Math.sqrt((3 * x + y) * (x + 3 * y)));
}

function fit(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
