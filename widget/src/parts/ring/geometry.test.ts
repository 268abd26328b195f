import { expect, test } from "vitest";
import { type InTheMiddle, layRing } from "./geometry.ts";

const SPACES = [
  [840, 560],
  [320, 420],
  [390, 500],
  [1340, 900],
  [700, 200],
  [460, 190],
  [972, 320],
  [652, 330],
  [552, 560],
  [319, 480],
] as const;
const COUNTS = [1, 2, 4, 7, 20];
const MIDDLES: readonly InTheMiddle[] = ["face", "clock", "words"];

test.each(SPACES.flatMap(([width, height]) => COUNTS.map((count) => [count, width, height] as const)))(
  "%i people in %i × %i sit apart, inside, and clear of the middle",
  (count, width, height) => {
    for (const middle of MIDDLES) {
      const {
        places,
        seat: { width: seat },
        stage,
        shape,
        centre,
        words,
      } = layRing(count, width, height, { middle });
      expect(places).toHaveLength(count === 1 || shape === "mini" ? 0 : count);
      expect(words).toBeLessThanOrEqual(width);
      places.forEach((one, index) => {
        expect(one.x - seat / 2).toBeGreaterThanOrEqual(0);
        expect(one.x + seat / 2).toBeLessThanOrEqual(width);
        expect(one.y - seat / 2).toBeGreaterThanOrEqual(0);
        expect(one.y + seat / 2).toBeLessThanOrEqual(height);
        for (const other of places.slice(index + 1))
          expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThanOrEqual(seat);
        if (shape === "ring" && middle !== "words")
          expect(Math.hypot(one.x - centre.x, one.y - (centre.y - 33))).toBeGreaterThanOrEqual(
            (seat + stage.width) / 2 - 6,
          );
      });
    }
  },
);

const speakerIn = (count: number, width: number, height: number) => layRing(count, width, height).stage.width;

test.each([
  [972, 320],
  [652, 320],
  [552, 300],
  [319, 480],
  [304, 150],
  [320, 140],
  [390, 560],
  [700, 190],
  [1000, 270],
  [319, 190],
])("whoever speaks is seen in %i × %i: 96 px at least", (width, height) => {
  for (const count of [1, 2, 5, 7, 9]) expect(speakerIn(count, width, height)).toBeGreaterThanOrEqual(96);
});

test.each([[972], [680], [552], [390]])(
  "no cliff between heights at a width of %i: a little more room makes nobody much smaller",
  (width) => {
    for (const count of [2, 5, 7]) {
      for (let height = 200; height < 700; height += 10) {
        const [now, next] = [speakerIn(count, width, height), speakerIn(count, width, height + 10)];
        expect(next / now, `${count} in ${width} × ${height}`).toBeGreaterThan(0.66);
      }
    }
  },
);

test("up to seven sit large where there is room, with the speaker larger still; a ring is what they sit in", () => {
  const { shape, seat, stage } = layRing(7, 1340, 940);
  expect(shape).toBe("ring");
  expect(seat.width).toBeGreaterThanOrEqual(160);
  expect(stage.width).toBeGreaterThanOrEqual(2 * seat.width);
  expect(layRing(7, 860, 600).shape).toBe("ring");
  expect(layRing(7, 390, 560).shape).toBe("ring");
});

/** Area in square pixels of a tile in a plain grid of so many in the same place, between a square and 16:9. */
function plainTile(count: number, width: number, height: number): number {
  return Math.max(
    ...Array.from({ length: count }, (_, index) => {
      const cell = { width: width / (index + 1) - 10, height: height / Math.ceil(count / (index + 1)) - 10 };
      const wide = Math.min(cell.width, (cell.height * 16) / 9);
      return wide * Math.min(cell.height, wide);
    }),
  );
}

test.each([
  [1900, 900],
  [1330, 900],
  [1190, 590],
  [830, 590],
])(
  "with cameras on in %i × %i a listener has half of what a plain grid gives, and the speaker more",
  (width, height) => {
    const { shape, seat, stage, places } = layRing(7, width, height, { pictures: true, absent: 2 });
    expect(shape).toBe("tiles");
    expect(places).toHaveLength(7);
    const listener = seat.width * seat.height;
    expect(listener).toBeGreaterThanOrEqual(plainTile(7, width, height) / 2);
    expect(stage.width * stage.height).toBeGreaterThan(listener);
    const others = places.filter((_, index) => index !== 2);
    others.forEach((one, index) => {
      expect(one.x + seat.width / 2).toBeLessThanOrEqual(width);
      expect(one.y + seat.height / 2).toBeLessThanOrEqual(height);
      for (const other of others.slice(index + 1))
        expect(Math.abs(one.x - other.x) >= seat.width || Math.abs(one.y - other.y) >= seat.height).toBe(true);
    });
  },
);
