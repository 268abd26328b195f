import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { LONG } from "../support/stack/long.ts";
import { holdCouncil } from "./council.ts";
import { FAULTS } from "./world/mischief.ts";

/** Fresh seeds that are tried: as many as fit into so many seconds, and a few at the least. */
const [SECONDS, LEAST, MOST] = [LONG ? 3_600 : 15, 4, LONG ? 100_000 : 1_000];

/**
 * Seeds begin with the contents of the tree where it has a history: each commit tries others, and passes or fails as
 * often as it is tried.
 */
function firstSeed(): number {
  if (LONG) return Math.floor(Math.random() * 2 ** 31);
  try {
    const tree = execFileSync("git", ["rev-parse", "HEAD^{tree}"], {
      cwd: import.meta.dirname,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return Number.parseInt(tree.slice(0, 7), 16);
  } catch {
    return Math.floor(Math.random() * 2 ** 31);
  }
}

test("the same seed gives the same story, letter by letter", { timeout: 120_000 }, async () => {
  const [once, again] = [await holdCouncil({ seed: 11 }), await holdCouncil({ seed: 11 })];
  expect(once.faults).toBeGreaterThan(10);
  expect(again.story).toEqual(once.story);
});

test("a council in which nothing goes wrong ends with all agreed", { timeout: 60_000 }, async () => {
  const { broken, reached } = await holdCouncil({ seed: 3, faults: [] });
  expect(broken).toBeNull();
  expect([...reached]).toEqual(
    expect.arrayContaining(["circle meeting-ended", "record turn-heard", "record minutes-made"]),
  );
});

test("councils from fresh seeds, with all that may go wrong, keep what is promised", {
  timeout: 4_000_000,
}, async () => {
  const first = firstSeed();
  const until = performance.now() + SECONDS * 1_000;
  let held = 0;
  for (; held < LEAST || (held < MOST && performance.now() < until); held++) {
    const { broken } = await holdCouncil({ seed: first + held, faults: FAULTS });
    expect(broken, `npm run simulate -- --seed ${first + held} --meetings 1`).toBeNull();
  }
  console.log(`${held} councils from seed ${first}`);
});

test.runIf(LONG)(
  "a council of a hundred and five, with all that may go wrong, keeps what is promised",
  {
    timeout: 1_800_000,
  },
  async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const { broken } = await holdCouncil({ seed, people: 105 });
    expect(broken, `npm run simulate -- --seed ${seed} --meetings 1 --people 105`).toBeNull();
  },
);
