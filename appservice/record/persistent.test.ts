import fc from "fast-check";
import { expect, test } from "vitest";
import { PersistentList } from "./persistent-list.ts";
import { PersistentMap } from "./persistent-map.ts";
import { frozen } from "../../tests/support/record/frozen.ts";

type Change = { readonly kind: "append" | "insert" | "replace"; readonly place: number; readonly item: number };

const changes = fc.array(
  fc.record({
    kind: fc.constantFrom<Change["kind"]>("append", "append", "insert", "replace"),
    place: fc.nat(),
    item: fc.nat(9),
  }),
  { maxLength: 300, size: "max" },
);

function changed(
  list: PersistentList<number>,
  array: readonly number[],
  { kind, place, item }: Change,
): [PersistentList<number>, number[]] {
  const at = place % (array.length + 1);
  if (kind === "replace" && at < array.length) return [list.with(at, item), array.with(at, item)];
  if (kind === "insert") return [list.inserted(at, item), array.toSpliced(at, 0, item)];
  return [list.appended(item), [...array, item]];
}

test("a persistent list is at each moment what an array would be, and stays so", () => {
  fc.assert(
    fc.property(changes, fc.nat(9), (all, sought) => {
      let list = PersistentList.empty<number>();
      let array: number[] = [];
      const seen: [PersistentList<number>, readonly number[]][] = [];
      for (const change of all) {
        [list, array] = changed(frozen(list), array, change);
        seen.push([list, array]);
      }
      for (const [then, was] of seen.filter((_, nth) => nth % 25 === 0)) expect(then.toArray()).toEqual(was);
      const is = (item: number) => item === sought;
      expect([...list]).toEqual(array);
      expect(list.length).toBe(array.length);
      expect(list).toEqual(PersistentList.of(array));
      expect(list.findIndex(is)).toBe(array.findIndex(is));
      expect(list.findLastIndex(is)).toBe(array.findLastIndex(is));
      expect(list.filter(is)).toEqual(array.filter(is));
      expect(list.some(is)).toBe(array.some(is));
      expect(list.find(is)).toBe(array.find(is));
      expect(list.indexOf(sought)).toBe(array.indexOf(sought));
      expect([list.at(0), list.at(-1), list.at(70), list.at(1_000)]).toEqual([
        array.at(0),
        array.at(-1),
        array.at(70),
        array.at(1_000),
      ]);
    }),
  );
});

test("a persistent map is at each moment what a map would be, and stays so", () => {
  const entries = fc.array(fc.tuple(fc.nat(60), fc.option(fc.nat(9))), { maxLength: 200, size: "max" });
  fc.assert(
    fc.property(entries, (all) => {
      let map = PersistentMap.empty<number, number>();
      let plain = new Map<number, number>();
      const seen: [PersistentMap<number, number>, ReadonlyMap<number, number>][] = [];
      for (const [key, value] of all) {
        plain = new Map(plain);
        if (value === null) plain.delete(key);
        else plain.set(key, value);
        map = value === null ? frozen(map).without(key) : frozen(map).with(key, value);
        seen.push([map, plain]);
      }
      for (const [then, was] of seen) {
        expect(then.size).toBe(was.size);
        expect(then.toMap()).toEqual(was);
        for (const [key, value] of was) expect([then.has(key), then.get(key)]).toEqual([true, value]);
      }
    }),
    { numRuns: 50 },
  );
});
