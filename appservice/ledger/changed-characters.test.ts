import fc from "fast-check";
import { expect, test } from "vitest";
import { changedCharacters } from "./changed-characters.ts";

/** The distance by its definition: each place of one text against each of the other. */
function distance(one: readonly string[], other: readonly string[]): number {
  let row = other.map((_, at) => at + 1);
  for (const [i, letter] of one.entries()) {
    let [before, left] = [i, i + 1];
    row = row.map((above, at) => {
      left = Math.min(above + 1, left + 1, before + (letter === other[at] ? 0 : 1));
      before = above;
      return left;
    });
  }
  return row.at(-1) ?? one.length;
}

const letters = fc.array(fc.constantFrom("a", "b", "й", "🫖"), { maxLength: 12 });

test("as many are counted as must be changed, and no more than are asked for", () => {
  fc.assert(
    fc.property(letters, letters, fc.nat(14), (one, other, most) => {
      const counted = changedCharacters(one.join(""), other.join(""), most);
      expect(counted).toBe(Math.min(distance(one, other), most));
    }),
    { numRuns: 2_000 },
  );
});

test("a summary as long as can be is compared in a glance: it took ten seconds of computing", () => {
  const said = Array.from({ length: 40_000 }, (_, i) => "abcdefgh"[(i * i + (i >> 3)) % 8]).join("");
  const before = process.cpuUsage();
  expect(changedCharacters(`x${said}y`, `z${said}w`, 200)).toBe(2);
  expect(changedCharacters(`x${"a".repeat(40_000)}y`, `z${"ab".repeat(20_000)}w`, 200)).toBe(200);
  const { user } = process.cpuUsage(before);
  expect(user / 1_000).toBeLessThan(1_000);
});
