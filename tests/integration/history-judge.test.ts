import { expect, test } from "vitest";
import { judge, type Operation } from "../support/history/floor-history.ts";

const floor = (turn: number, speaker: string) => ({
  phase: "circle",
  circle: 0,
  paused: false,
  turn,
  speaker,
  status: "speaking",
});
const ANN = floor(1, "ann");
const BOB = floor(2, "bob");
const EVE = floor(3, "eve");

let clock = 0;
/** Takes place after all that stands before it; `lasts`: and ends within what follows. */
const at = (lasts = 5) => ({ meeting: "one", begin: (clock += 10), end: clock + lasts });
const read = (who: string, version: number, of: typeof ANN, lasts?: number): Operation => ({
  ...at(lasts),
  who,
  kind: "read",
  answer: "ok",
  version,
  floor: of,
});
const pass = (who: string, expected: number, answer: "ok" | "stale" | undefined, version = 0, of = BOB): Operation => ({
  ...at(),
  who,
  kind: "command",
  does: "pass",
  expected,
  ...(answer && { answer }),
  ...(answer === "ok" && { version, floor: of }),
});
const copy = (who: string, version: number, of: typeof ANN): Operation => ({
  ...at(),
  who,
  kind: "copy",
  version,
  floor: of,
});

const right: Record<string, () => Operation[]> = {
  "a pass, seen by all": () => [read("eve", 4, ANN), pass("ann", 4, "ok", 6, BOB), read("eve", 6, BOB)],
  "a pass without an answer that happened all the same": () => [
    read("ann", 4, ANN),
    pass("ann", 4, undefined),
    read("ann", 6, BOB),
  ],
  "a pass without an answer that did not happen": () => [
    read("ann", 4, ANN),
    pass("ann", 4, undefined),
    read("ann", 4, ANN),
  ],
  "two press at once": () => [
    read("ann", 4, ANN),
    pass("ann", 4, "ok", 6, BOB),
    pass("ann", 4, "stale"),
    read("eve", 6, BOB),
  ],
  "one who began to read before the pass is shown what was before it": () => [
    read("ann", 4, ANN),
    read("eve", 4, ANN, 15),
    pass("ann", 4, "ok", 6, BOB),
  ],
  "a copy comes late": () => [
    read("ann", 4, ANN),
    pass("ann", 4, "ok", 6, BOB),
    copy("the room", 4, ANN),
    copy("the room", 6, BOB),
  ],
};

const wrong: Record<string, readonly [says: string, history: () => Operation[]]> = {
  "what was answered is forgotten": [
    "gone back",
    () => [read("eve", 4, ANN), pass("ann", 4, "ok", 6, BOB), read("eve", 4, ANN)],
  ],
  "what somebody was shown is forgotten": ["gone back", () => [read("ann", 6, BOB), read("eve", 4, ANN)]],
  "two have the word at one version": ["two things", () => [read("ann", 6, BOB), read("eve", 6, EVE)]],
  "two passes are taken at one version, and somebody is skipped": [
    "both taken",
    () => [read("ann", 4, ANN), pass("ann", 4, "ok", 6, BOB), pass("ann", 4, "ok", 8, EVE)],
  ],
  "somebody passes a word that they do not have": ["", () => [read("bob", 4, ANN), pass("bob", 4, "ok", 6, BOB)]],
  "a pass is called stale where nothing has moved": [
    "",
    () => [read("ann", 4, ANN), pass("ann", 4, "stale"), read("ann", 4, ANN)],
  ],
  "a turn comes again": ["", () => [read("ann", 6, BOB), read("ann", 8, ANN)]],
  "a turn that was passed on goes on": ["", () => [read("ann", 4, ANN), pass("ann", 4, "ok", 6, ANN)]],
  "the room is told what was never kept": [
    "not kept",
    () => [read("ann", 4, ANN), copy("the room", 6, BOB), read("ann", 4, ANN)],
  ],
  "the room's copy runs back": [
    "runs back",
    () => [read("ann", 4, ANN), read("ann", 6, BOB), copy("the room", 6, BOB), copy("the room", 4, ANN)],
  ],
  "the room shows somebody else": ["where it was", () => [read("ann", 6, BOB), copy("the room", 6, EVE)]],
};

test.each(Object.entries(right))("believed: %s", async (_, history) => {
  expect(await judge(history())).toMatchObject({ result: "ok", problems: [] });
});

test.each(Object.entries(wrong))("refused: %s", async (_, [says, history]) => {
  const { result, problems } = await judge(history());
  expect(result !== "ok" || problems.length > 0).toBe(true);
  expect(problems.join("\n")).toContain(says);
});
