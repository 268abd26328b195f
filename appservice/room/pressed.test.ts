import { expect, test } from "vitest";
import { CONTROLS } from "./controls.ts";
import { MARKED_KINDS, MARKS } from "./marks.ts";
import { formatPressed, parsePressed, type Pressed } from "./pressed.ts";
import { meetingId } from "../../tests/support/protocol/ids.ts";

const MEETING = meetingId("m00000001");

const ALL: readonly Pressed[] = [
  ...CONTROLS.flatMap((control) =>
    [null, { meeting: MEETING, since: 1_700_000_000_000 }].map((made) => ({ kind: "control" as const, control, made })),
  ),
  ...MARKS.map((mark) => ({ kind: "agreement" as const, meeting: MEETING, mark })),
  ...MARKS.flatMap((mark) =>
    MARKED_KINDS.flatMap((of) =>
      [0, 3, null, "unknown" as const].map((made) => ({
        kind: "mark" as const,
        mark,
        item: { meeting: MEETING, of, id: "$x:hs:0" },
        made,
      })),
    ),
  ),
];

test("what is remembered of a reaction is read as it was written", () => {
  for (const pressed of ALL) expect(parsePressed(formatPressed(pressed))).toEqual(pressed);
});

test("reactions kept by earlier versions are still understood", () => {
  expect(parsePressed("✋")).toEqual({ kind: "control", control: "✋", made: null });
  expect(parsePressed(`agreement ${MEETING} ✅`)).toEqual({ kind: "agreement", meeting: MEETING, mark: "✅" });
  const item = { meeting: MEETING, of: "task", id: "t1" };
  expect(parsePressed(`✅ ${MEETING} t1`)).toEqual({ kind: "mark", mark: "✅", item, made: "unknown" });
  expect(parsePressed(`✅ ${MEETING} task:t1 -`)).toEqual({ kind: "mark", mark: "✅", item, made: null });
  expect(parsePressed(`✅ ${MEETING} task:t1 2`)).toEqual({ kind: "mark", mark: "✅", item, made: 2 });
  expect(parsePressed("something else")).toBe(null);
});
