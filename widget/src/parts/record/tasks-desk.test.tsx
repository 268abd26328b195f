/** @vitest-environment jsdom */
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { MeetingRecord, Task } from "@mindminder/protocol/meeting-record.ts";
import type { ExportResponse } from "@mindminder/protocol/tasks-api.ts";
import { meetingOf } from "../../../dev/made-up-meeting.ts";
import { sitDown } from "../../../dev/made-up-sitting.tsx";
import { meetingId, personId } from "../../../../tests/support/protocol/ids.ts";

beforeEach(() => void vi.spyOn(console, "error"));
afterEach(() => {
  expect(console.error).not.toHaveBeenCalled();
  cleanup();
  vi.restoreAllMocks();
});

const meeting = meetingOf(["ann", "bob"], { phase: "ended", turn: null, endedAt: 2_000_000 });
const madeBy = { plugin: "tasks", version: "1", method: "rules", model: null, prompt: null, at: 7 } as const;
const task = (id: string, given: Partial<Task> = {}): Task => ({
  id,
  title: `Task ${id}`,
  owner: null,
  due: null,
  from: ["1.1"],
  status: "open",
  ...given,
});
const record: MeetingRecord = {
  version: 1,
  turns: [],
  utterances: [],
  comments: [],
  remaking: [],
  corrections: [],
  minutes: [{ about: { kind: "meeting" }, madeBy, result: { form: "tasks", tasks: [task("t1")] } }],
};
const outside: ExportResponse = {
  targets: [
    { name: "board", type: "github" },
    { name: "dav", type: "caldav" },
  ],
  chosen: "board",
  mayChoose: true,
  standing: 3,
  waiting: 1,
  problem: null,
  items: [{ meeting: meeting.id, task: "t1", url: "https://board.example.org/1" }],
};
const carried = [
  {
    meeting: meetingId("m00000000"),
    at: Date.parse("2026-11-16T10:00:00Z"),
    owner: "Tom",
    seen: 2,
    mayChange: false,
    task: task("old", { owner: personId("@tom:x"), due: "2026-12-01" }),
  },
  {
    meeting: meetingId("m00000000"),
    at: Date.parse("2026-11-16T10:00:00Z"),
    owner: null,
    seen: 0,
    mayChange: true,
    task: task("free"),
  },
];
const sit = (given: Parameters<typeof sitDown>[1] = {}) =>
  act(async () => sitDown(meeting, { record, outside, carried, ...given }));

test("what is open from earlier meetings is listed, and finished in its own meeting", async () => {
  const { corrections } = await sit();
  expect(screen.getAllByTestId("carried-task").map(({ textContent }) => textContent)).toEqual([
    expect.stringMatching(/^Task old.*Tom.*Tue,? 1 Dec.*since 16 Nov/),
    expect.stringContaining("Task free"),
  ]);
  const [theirs, free] = screen.getAllByTestId("carried-done");
  expect([theirs, free]).toMatchObject([{ disabled: true }, { disabled: false }]);
  await act(async () => fireEvent.click(free!));
  expect(corrections).toEqual([{ meeting: "m00000000", seen: 0, change: { of: "task", id: "free", status: "done" } }]);
});

test("where a task stands outside is a link, and where tasks go is chosen", async () => {
  const { asked } = await sit();
  expect(screen.getByTestId("task-outside")).toMatchObject({
    href: "https://board.example.org/1",
    textContent: "in board",
    rel: "noreferrer noopener",
  });
  expect(screen.getByTestId("task-targets").textContent).toContain("3 synced, 1 pending");
  fireEvent.click(screen.getByTestId("send-tasks"));
  await act(async () => fireEvent.change(screen.getByTestId("task-target"), { target: { value: "" } }));
  expect(asked).toEqual([{ now: true }, { use: null }]);
  expect(screen.queryByTestId("task-outside")).toBeNull();
});

test("whoever may not choose sees where they go and what is wrong; where nothing is set up there is nothing to see", async () => {
  await sit({ outside: { ...outside, mayChoose: false, problem: "board does not let me in." } });
  expect(screen.getByTestId("task-target")).toHaveProperty("disabled", true);
  expect(screen.getByTestId("target-problem").textContent).toBe("board does not let me in.");
  expect(screen.queryByTestId("send-tasks")).toBeNull();
  cleanup();
  await sit({ outside: { ...outside, targets: [], chosen: null, items: [] }, carried: [] });
  expect([screen.queryByTestId("task-targets"), screen.queryByTestId("carried")]).toEqual([null, null]);
});
