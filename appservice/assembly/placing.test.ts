import fc from "fast-check";
import { expect, test } from "vitest";
import { people, who } from "../../tests/support/assembly/table.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import { place, type Placing, ringCount } from "./placing.ts";

const SIZE = { least: 4, most: 7 };
const lot = (count: number, more: Partial<Placing> = {}): Placing => ({
  people: people(count).map((name) => ({ id: who(name), language: null })),
  size: SIZE,
  wishes: [],
  rounds: [],
  stay: new Map(),
  seed: 3,
  ...more,
});
const ringOf = (rings: ParticipantId[][], name: string) => rings.findIndex((ring) => ring.includes(who(name)));

test.each([
  [1, 1],
  [2, 1],
  [7, 1],
  [8, 2],
  [9, 2],
  [12, 2],
  [15, 3],
  [22, 4],
  [105, 15],
  [200, 29],
])("%i people make %i rings of four to seven", (count, rings) => {
  expect(ringCount(count, SIZE)).toBe(rings);
});

test("one each, pairs with one of three, and fours", () => {
  expect(ringCount(5, { least: 1, most: 1 })).toBe(5);
  expect(
    place(lot(5, { size: { least: 2, aim: 2, most: 3 } }))
      .map(({ length }) => length)
      .toSorted(),
  ).toEqual([2, 3]);
  expect(ringCount(12, { least: 3, aim: 4, most: 5 })).toBe(3);
});

test("everybody is in exactly one ring, none larger than it may be, and the same seed gives the same rings", () => {
  const pairs = fc.tuple(fc.nat(39), fc.nat(39)).filter(([one, other]) => one !== other);
  const wish = fc.record({ wish: fc.constantFrom("together" as const, "apart" as const), pair: pairs });
  const made = fc.record({
    count: fc.integer({ min: 1, max: 40 }),
    seed: fc.nat(),
    wishes: fc.array(wish, { maxLength: 6 }),
    russian: fc.nat(40),
  });
  fc.assert(
    fc.property(made, ({ count, seed, wishes, russian }) => {
      const names = people(count);
      const wanted = lot(count, {
        people: names.map((name, i) => ({ id: who(name), language: i < russian ? "ru" : "en" })),
        seed,
        wishes: wishes.map(({ wish, pair }) => ({ wish, people: pair.map((i) => who(`p${i + 1}`)) })),
      });
      const rings = place(wanted);
      expect(rings.flat().toSorted()).toEqual(names.map(who).toSorted());
      expect(Math.max(...rings.map(({ length }) => length))).toBeLessThanOrEqual(7);
      expect(place(wanted)).toEqual(rings);
    }),
    { numRuns: 60 },
  );
});

test("those who want to sit together do, and those who do not, do not", () => {
  const wishes = [
    { wish: "together" as const, people: [who("p1"), who("p9")] },
    { wish: "together" as const, people: [who("p9"), who("p17")] },
    { wish: "apart" as const, people: [who("p2"), who("p3")] },
  ];
  for (const seed of [1, 2, 3, 4, 5]) {
    const rings = place(lot(21, { wishes, seed }));
    expect(ringOf(rings, "p9")).toBe(ringOf(rings, "p1"));
    expect(ringOf(rings, "p17")).toBe(ringOf(rings, "p1"));
    expect(ringOf(rings, "p2")).not.toBe(ringOf(rings, "p3"));
  }
});

test("people of one language sit together as far as the sizes allow", () => {
  const all = people(20).map((name, i) => ({
    id: who(name),
    language: i % 2 === 0 ? ("ru" as const) : ("en" as const),
  }));
  const rings = place(lot(20, { people: all, size: { least: 5, most: 5 } }));
  const languages = rings.map((ring) => new Set(ring.map((id) => all.find((each) => each.id === id)?.language)).size);
  expect(languages).toEqual([1, 1, 1, 1]);
});

test("three rounds of a hundred bring hardly anybody together twice", () => {
  const rounds: ParticipantId[][][] = [];
  for (const seed of [1, 2, 3]) rounds.push(place(lot(105, { rounds, seed })));
  const met = new Map<string, number>();
  for (const ring of rounds.flat())
    for (const one of ring)
      for (const other of ring) if (one < other) met.set(`${one} ${other}`, (met.get(`${one} ${other}`) ?? 0) + 1);
  const again = [...met.values()].filter((times) => times > 1).length;
  // Of 945 pairs of three rounds; by lot alone it would be some fifty.
  expect(again).toBeLessThan(15);
});

test("where nothing speaks for one ring or another, people are dealt out evenly, by the lot alone", () => {
  const people = Array.from({ length: 1_500 }, (_, i) => ({ id: who(`p${i}`), language: null }));
  const wanted = { people, size: { least: 10, aim: 15, most: 15 }, wishes: [], rounds: [], stay: new Map(), seed: 7 };
  const rings = place(wanted);
  expect(new Set(rings.map(({ length }) => length))).toEqual(new Set([15]));
  expect(new Set(rings.flat()).size).toBe(1_500);
  expect(place(wanted)).toEqual(rings);
  expect(place({ ...wanted, seed: 8 })).not.toEqual(rings);
});
