import { expect, test } from "vitest";
import { simulateProgram } from "./options.ts";
import { FAULTS } from "./world/mischief.ts";

/** Reads options, or returns what is said of them. */
function read(...args: string[]): unknown {
  const said: string[] = [];
  const program = simulateProgram()
    .exitOverride()
    .configureOutput({ writeErr: (text) => void said.push(text), writeOut: (text) => void said.push(text) });
  try {
    return program.parse(args, { from: "user" }).opts();
  } catch {
    return said.join("");
  }
}

test("a failing run's own command is read as it was printed", () => {
  const printed = `--seed 12 --meetings 1 --people 5 --faults ${FAULTS[0]},${FAULTS[1]} --without 3,17 --scenario quick --story`;
  expect(read(...printed.split(" "))).toMatchObject({
    ...{ seed: 12, meetings: 1, people: 5, faults: FAULTS.slice(0, 2), without: new Set([3, 17]) },
    ...{ scenario: "quick", story: true, smaller: true },
  });
  expect(read("--faults", "none", "--no-smaller")).toMatchObject({ faults: [], smaller: false, without: new Set() });
  expect(read("--seed", "1", "--jobs", "2", "--seed", "9", "--jobs", "1")).toMatchObject({ seed: 9, jobs: 1 });
});

test.each([
  [["--help"], /--faults <list>/],
  [["--meetings", "many"], /whole number from 1/],
  [["--people", "0"], /whole number from 1/],
  [["--minutes", "-3"], /number above 0/],
  [["--faults", "no-such"], /There is no fault no-such\. There are: /],
  [["--without", "1,x"], /whole number from 0/],
  [["--bogus"], /unknown option/],
])("%j is answered in words", (args, words) => expect(read(...args)).toMatch(words));
