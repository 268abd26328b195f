import { expect, test } from "vitest";
import { layRing } from "./geometry.ts";

const SPACES = [[840, 560], [320, 420], [390, 500], [1340, 900], [700, 200], [460, 190]] as const;
const COUNTS = [1, 2, 4, 7, 20];

test.each(SPACES.flatMap(([width, height]) => COUNTS.map((count) => [count, width, height] as const)))(
  "%i people in %i × %i sit apart, inside, and clear of the middle",
  (count, width, height) => {
    const { places, seat, stage, shape, centre } = layRing(count, width, height);
    expect(places).toHaveLength(count === 1 && shape === "ring" ? 0 : count);
    places.forEach((one, index) => {
      expect(one.x - seat / 2).toBeGreaterThanOrEqual(0);
      expect(one.x + seat / 2).toBeLessThanOrEqual(width);
      expect(one.y - seat / 2).toBeGreaterThanOrEqual(0);
      expect(one.y + seat / 2).toBeLessThanOrEqual(height);
      for (const other of places.slice(index + 1)) expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThanOrEqual(seat);
      if (shape === "ring") expect(Math.hypot(one.x - centre.x, one.y - (centre.y - 32))).toBeGreaterThanOrEqual((seat + stage) / 2 - 1);
    });
  },
);
