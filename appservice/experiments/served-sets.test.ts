import { expect, test } from "vitest";
import { Play } from "../../tests/support/circle/play.ts";
import { type ChosenSet, STANDARD_SET } from "../protocol/chosen-set.ts";
import { Experiments } from "./options.ts";
import { ServedSets } from "./served-sets.ts";

const FILE = { sets: { short: { plugins: {} }, long: { plugins: {} } }, default: "short" };

/** Sets as a file has them, and what is said of those that are gone from it. */
function served(file: object) {
  const told: string[] = [];
  const experiments = Experiments.parse(file);
  const onGone = (set: string) => void told.push(set);
  return { sets: new ServedSets({ experiments, trialsIn: () => [], now: () => 0, onGone }), told };
}

const meeting = new Play().gather("ann", "bob").start("ann").state;
const running = (chosen: ChosenSet | null) => ({
  meeting,
  record: { served: chosen && { chosen, shownAt: null } },
});

test("a file that is changed in the middle of a meeting changes nothing for it", () => {
  const chosen = served(FILE).sets.choose(meeting);
  expect(chosen.set).toBe("short");
  const { sets, told } = served({ ...FILE, default: "long" });
  expect(sets.of(running(chosen))).toBe("short");
  expect(sets.of(running(null)), "the next meeting has what the file says now").toBe("long");
  expect(told).toEqual([]);
});

test("a set that is gone from the file in the middle of a meeting is told of once; the meeting goes on as configured", () => {
  const { sets, told } = served({ sets: { long: { plugins: {} } }, default: "long" });
  const chosen = served(FILE).sets.choose(meeting);
  expect([sets.of(running(chosen)), sets.of(running(chosen))]).toEqual(["standard", "standard"]);
  expect(told).toEqual(["short"]);
});

test("no room is left without a set: where no rule fits, and no default is named, it is served as configured", () => {
  const { sets } = served({ rules: [{ set: "standard", where: { rooms: ["!another:hs"] } }] });
  expect(sets.of(running(null))).toBe("standard");
  expect(sets.optionsOf(STANDARD_SET)).toEqual({ plugins: {} });
});
