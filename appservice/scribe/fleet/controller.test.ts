import fc from "fast-check";
import { expect, test } from "vitest";
import { FleetController, type FleetSight } from "./controller.ts";

const QUIET = 300_000;
const ways = { min: 1, max: 6, quietMs: QUIET };
/** Workers of which each decodes four seconds of speech in a second. */
const sight = (own: number, arriving: number, more: Partial<FleetSight> = {}): FleetSight => ({
  at: 0,
  arriving,
  decodes: own * 4,
  waiting: 0,
  workers: own,
  own,
  ...more,
});

test("a worker more is there before a queue forms", () => {
  const controller = new FleetController(ways);
  expect(controller.wanted(sight(1, 2.7))).toBe(1);
  expect(controller.wanted(sight(1, 2.9))).toBe(2);
  expect(controller.wanted(sight(1, 11))).toBe(4);
});

test("speech that grows is answered before it is all there, and no further than it grew", () => {
  const controller = new FleetController(ways);
  expect(controller.wanted(sight(1, 1, { at: 0 }))).toBe(1);
  expect(controller.wanted(sight(1, 2.5, { at: 1_000 }))).toBe(2);
  expect(controller.wanted(sight(1, 5.5, { at: 3_000 }))).toBe(4);
  expect(controller.wanted(sight(4, 5.5, { at: 7_000 }))).toBe(4);
});

test("a queue brings more than what arrives would need, and never more than there may be", () => {
  const controller = new FleetController(ways);
  expect(controller.wanted(sight(2, 4, { waiting: 12 }))).toBe(2);
  expect(controller.wanted(sight(2, 4, { waiting: 60 }))).toBeGreaterThan(2);
  expect(controller.wanted(sight(2, 400, { waiting: 6_000 }))).toBe(6);
});

test("workers end one at a time, each after five quiet minutes; a busy moment begins them anew", () => {
  const controller = new FleetController(ways);
  expect(controller.wanted(sight(4, 0, { at: 0 }))).toBe(4);
  expect(controller.wanted(sight(4, 0, { at: QUIET - 1 }))).toBe(4);
  expect(controller.wanted(sight(4, 0, { at: QUIET }))).toBe(3);
  expect(controller.wanted(sight(3, 0, { at: QUIET + 1_000 }))).toBe(3);
  expect(controller.wanted(sight(3, 4, { at: QUIET + 2_000 }))).toBe(3);
  expect(controller.wanted(sight(3, 0, { at: QUIET + 3_000 }))).toBe(3);
  expect(controller.wanted(sight(3, 0, { at: 2 * QUIET + 2_999 }))).toBe(3);
  expect(controller.wanted(sight(3, 0, { at: 2 * QUIET + 3_000 }))).toBe(2);
});

test("workers of other machines count, and without any the first one is started for whoever speaks", () => {
  expect(new FleetController(ways).wanted(sight(1, 8, { workers: 4, decodes: 16 }))).toBe(1);
  const none = { own: 0, workers: 0, decodes: 0 };
  expect(new FleetController({ ...ways, min: 0 }).wanted(sight(0, 0, none))).toBe(0);
  expect(new FleetController({ ...ways, min: 0 }).wanted(sight(0, 1, none))).toBe(1);
});

test("workers that hardly decode at all are reckoned with as slow ones", () => {
  const controller = new FleetController(ways);
  expect(controller.wanted(sight(2, 0, { workers: 2, decodes: Number.MIN_VALUE }))).toBe(2);
  expect(controller.wanted(sight(2, 1, { workers: 2, decodes: Number.MIN_VALUE }))).toBe(ways.max);
});

test("whatever happens, it stays between its bounds", () => {
  const load = fc.record({
    arriving: fc.double({ min: 0, max: 1e6, noNaN: true }),
    waiting: fc.double({ min: 0, max: 1e6, noNaN: true }),
    decodes: fc.double({ min: 0, max: 1e6, noNaN: true }),
    workers: fc.nat(20),
    own: fc.integer({ min: 1, max: 6 }),
    at: fc.nat(1e9),
  });
  fc.assert(
    fc.property(fc.array(load, { maxLength: 30 }), (sights) => {
      const controller = new FleetController(ways);
      return sights.map((each) => controller.wanted(each)).every((wanted) => wanted >= 1 && wanted <= 6);
    }),
  );
});
