import { expect, test } from "vitest";
import { meetingId, personId } from "../../tests/support/protocol/ids.ts";
import { spokenNow } from "./spoken-now.ts";

const [here, elsewhere] = [meetingId("m1"), meetingId("m2")];
const caption = (meeting: typeof here, text: string) =>
  ({ type: "partial", meeting, turn: 1, speaker: personId("@ann:x"), piece: 1, text }) as const;

test("what stands in the captions of a call is known for half a minute, and in no other call", () => {
  let now = 0;
  const spoken = spokenNow(() => now);
  spoken.hear(caption(here, " I would like "));
  spoken.hear(caption(here, ""));
  expect(spoken.of(here)).toEqual(["I would like"]);
  expect(spoken.of(elsewhere)).toEqual([]);
  now = 31_000;
  expect(spoken.of(here)).toEqual([]);
});

test("of a long turn the newest are known", () => {
  const spoken = spokenNow(() => 0);
  for (let n = 1; n <= 100; n++) spoken.hear(caption(here, `so far ${n}`));
  expect(spoken.of(here)).toHaveLength(40);
  expect(spoken.of(here).at(-1)).toBe("so far 100");
});
