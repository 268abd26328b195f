import { expect, test } from "vitest";
import { atOnce } from "../journal/parts-of-work.ts";
import type { Plan } from "../circle/scenario.ts";
import { ANN, BEGAN, BOB, changed, circle, entriesFrom, TASK_OF_BOB } from "../../tests/support/ledger/story.ts";
import { accountOf } from "./account.ts";
import type { PurposeEvent } from "../purposes/event.ts";
import { purposesStory } from "./read-story.ts";
import { entriesBy } from "./rule.ts";
import { facilitated } from "./rules/facilitated.ts";
import { rightsGranted } from "./rules/rights-granted.ts";
import { tasksFinished } from "./rules/tasks-finished.ts";
import { sharesOf } from "./shares.ts";
import { Quarter } from "../protocol/account.ts";

const MINUTE = 60_000;
const at = (minutes: number) => BEGAN + minutes * MINUTE;
const started = circle({
  type: "meeting-started",
  at: at(0),
  by: ANN,
  plan: { circles: [] } as unknown as Plan,
  topic: "",
  seed: 1,
});
const SHOWN = { wording: 1, items: [] };
const Q3 = Quarter.parse("2026-Q3");

test("a meeting's keepers are credited with the minutes that each kept it, without its pauses", async () => {
  const entries = await entriesFrom(
    [
      started,
      circle({ type: "meeting-paused", at: at(10), by: ANN }),
      circle({ type: "meeting-resumed", at: at(25), by: ANN, lapsesAt: null, nextAt: null }),
      circle({ type: "keeper-changed", at: at(30), to: BOB }),
      circle({ type: "meeting-ended", at: at(75) + 30_000, by: BOB }),
    ],
    { rules: [facilitated] },
  );
  expect(entries.map(({ to, amount, unit }) => [to, amount, unit])).toEqual([
    [ANN, 15, "minutes-facilitated"],
    [BOB, 45, "minutes-facilitated"],
  ]);
});

test("a meeting that is not over credits nobody yet", async () => {
  expect(await entriesFrom([started], { rules: [facilitated] })).toEqual([]);
});

test("a right that is taken back reverses the entry by which it was granted, and rests on both events", async () => {
  const answered = (minute: number, agreed: boolean) =>
    circle({ type: "agreement-answered", at: at(minute), who: ANN, agreed, shown: SHOWN });
  const entries = await entriesFrom([answered(1, true), answered(2, true), answered(3, false)], {
    rules: [rightsGranted],
  });
  expect(entries.map(({ from, to, because }) => [from, to, because.length])).toEqual([
    ["room", ANN, 1],
    [ANN, "room", 2],
  ]);
});

test("a use of one's words that is allowed and forbidden again is such a right, too", () => {
  const answered = (minute: number, given: boolean): PurposeEvent => {
    return { type: "purpose-answered", at: at(minute), who: BOB, purpose: "publish", given, text: null, door: null };
  };
  const story = purposesStory([answered(1, true), answered(2, false), answered(3, true)]);
  const counted = atOnce(entriesBy(rightsGranted, story));
  expect(accountOf(BOB, Q3, { counted, coming: [] })).toMatchObject({
    sums: [{ unit: "rights-granted", amount: 1 }],
    lines: [{ amount: 1 }, { amount: -1 }, { amount: 1 }],
  });
});

test("a task that is done, opened again and done again counts once", async () => {
  const become = (day: number, status: "open" | "done") => changed(ANN, day, { of: "task", id: "t1", status });
  const counted = await entriesFrom([TASK_OF_BOB, become(1, "done"), become(2, "open"), become(3, "done")], {
    rules: [tasksFinished],
  });
  expect(accountOf(BOB, Q3, { counted, coming: [] }).sums).toEqual([{ unit: "tasks-finished", amount: 1 }]);
  expect(accountOf(ANN, Q3, { counted, coming: [] }).lines).toEqual([]);
});

test("the shares of a pot are the whole of it, in the measure of what each gave", () => {
  const gave = (who: string, amount: number) => ({
    id: who,
    at: BEGAN,
    unit: "minutes-facilitated" as const,
    from: "room",
    to: who,
    amount,
    because: ["m#1"],
    rule: "facilitated@1",
  });
  const entries = [gave(ANN, 60), gave(BOB, 30)];
  const pot = { amount: 1_000, quarter: Q3 };
  expect(sharesOf({ ...pot, rule: "hours" }, entries)).toEqual([
    { who: ANN, amount: 667 },
    { who: BOB, amount: 333 },
  ]);
  expect(sharesOf({ ...pot, amount: 101, rule: "equal" }, entries).map(({ amount }) => amount)).toEqual([51, 50]);
  expect(sharesOf({ ...pot, rule: "corrections" }, entries)).toEqual([]);
});
