import { expect, test } from "vitest";
import { CAPTION, mapLayout } from "./map-layout.ts";

const HEIGHTS = [260, 420, 700];

test.each([2, 5, 15, 40])("a map of %i groups fills a wide place, and none sticks out", (rings) => {
  for (const height of HEIGHTS) {
    const { columns, cell, captioned } = mapLayout(rings, { width: 900, height });
    expect(columns * cell).toBeLessThanOrEqual(900);
    expect(Math.ceil(rings / columns) * (cell + (captioned ? CAPTION : 0))).toBeLessThanOrEqual(height);
  }
});

test("where there is no room for all, a group stays large enough for a finger", () => {
  for (const rings of [40, 100]) {
    const { columns, cell } = mapLayout(rings, { width: 280, height: 200 });
    expect(cell).toBeGreaterThanOrEqual(64);
    expect(columns * cell).toBeLessThanOrEqual(280);
  }
});

test("few groups do not become larger than a group is to be", () => {
  expect(mapLayout(2, { width: 4_000, height: 4_000 }).cell).toBe(400);
  expect(mapLayout(1, { width: 4_000, height: 4_000 }).cell).toBe(480);
});

test("on a phone two groups stand side by side, where one above the other would make them no larger", () => {
  expect(mapLayout(2, { width: 332, height: 382 })).toEqual({ columns: 2, cell: 166, captioned: true });
});
