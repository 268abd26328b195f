// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { MeetingRecord } from "@mindminder/protocol/meeting-record.ts";
import { meetingOf } from "../../../dev/made-up-meeting.ts";
import { sitDown } from "../../../dev/made-up-sitting.tsx";
import { personId } from "../../../../tests/support/protocol/ids.ts";

afterEach(cleanup);

/** So many turns of Bob's in two circles. */
function recordOf(count: number): MeetingRecord {
  const ids = Array.from({ length: count }, (_, index) => index + 1);
  const circle = (id: number) => (id <= count / 2 ? 0 : 1);
  return {
    version: 1,
    comments: [],
    minutes: [],
    remaking: [],
    corrections: [],
    turns: ids.map((id) => ({
      id,
      circle: circle(id),
      speaker: personId("@bob:x"),
      startedAt: id,
      endedAt: id,
      spokenMs: 1,
      reason: "passed",
      heard: true,
    })),
    utterances: ids.map((id) => ({
      id: `${id}.1`,
      turn: id,
      circle: circle(id),
      speaker: personId("@bob:x"),
      startedAt: id,
      endedAt: id,
      language: "en",
      text: `word ${id}.`,
      segments: [],
      engine: { id: "x", model: "x" },
    })),
  };
}

const shown = () => screen.queryAllByTestId("said").map((item) => Number(item.dataset["turn"]));

test("of a long meeting the newest is drawn first, and what was said earlier on asking, none of it left out", () => {
  sitDown(meetingOf(["bob", "ann"]), { record: recordOf(60) });
  expect(shown()).toEqual(Array.from({ length: 24 }, (_, index) => index + 37));
  fireEvent.click(screen.getByTestId("more-said"));
  expect(shown()).toHaveLength(48);
  fireEvent.click(screen.getByTestId("more-said"));
  expect(shown()).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  expect(screen.queryByTestId("more-said")).toBeNull();
});

test("a short meeting is there as a whole", () => {
  sitDown(meetingOf(["bob", "ann"]), { record: recordOf(24) });
  expect(shown()).toHaveLength(24);
  expect(screen.queryByTestId("more-said")).toBeNull();
});

test("of many places that were found the first come first", async () => {
  sitDown(meetingOf(["bob", "ann"]), { record: recordOf(60) });
  fireEvent.change(screen.getByTestId("search"), { target: { value: "word" } });
  await screen.findByTestId("search-results");
  expect(shown()).toEqual(Array.from({ length: 24 }, (_, index) => index + 1));
  fireEvent.click(screen.getByTestId("more-said"));
  fireEvent.click(screen.getByTestId("more-said"));
  expect(shown()).toHaveLength(60);
});
