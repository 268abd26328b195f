/** @vitest-environment jsdom */
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { MeetingRecord, MinutesEntry } from "@mindminder/protocol/meeting-record.ts";
import { meetingOf } from "../../../dev/made-up-meeting.ts";
import { sitDown } from "../../../dev/made-up-sitting.tsx";
import { personId } from "../../../../tests/support/protocol/ids.ts";

beforeEach(() => void vi.spyOn(console, "error"));
afterEach(() => {
  expect(console.error).not.toHaveBeenCalled();
  cleanup();
  vi.restoreAllMocks();
});

const startedAt = new Date(2026, 10, 26, 16, 30).getTime();
const meeting = meetingOf(["ann", "bob", "eve"], {
  phase: "ended",
  topic: "Who waters",
  turn: null,
  startedAt,
  endedAt: startedAt + 72 * 60_000,
});
const madeBy = { plugin: "x", version: "1", method: "rules", model: null, prompt: null, at: 7 } as const;
const of = (result: MinutesEntry["result"]): MinutesEntry => ({ about: { kind: "meeting" }, madeBy, result });
const from = ["1.1"];
const MINUTES: MinutesEntry[] = [
  of({
    form: "questions",
    questions: [
      { id: "q1", text: "Who has the key?", from, confirmedBy: null, status: "suggested", answeredIn: [] },
      { id: "q2", text: "Answered?", from, confirmedBy: null, status: "answered", answeredIn: [] },
    ],
  }),
  of({
    form: "tasks",
    tasks: [
      { id: "t1", title: "Buy a hose", owner: personId("@ann:x"), due: "2026-12-03", from, status: "suggested" },
      { id: "t2", title: "Mend the tap", owner: personId("@bob:x"), due: null, from, status: "open" },
      { id: "t3", title: "No task at all", owner: null, due: null, from, status: "dropped" },
    ],
  }),
  of({
    form: "decisions",
    decisions: [{ id: "d1", text: "We water by weekday.", from, confirmedBy: personId("@ann:x"), status: "confirmed" }],
  }),
];
const record = (minutes: MinutesEntry[]): MeetingRecord => ({
  version: 1,
  comments: [],
  minutes,
  remaking: [],
  corrections: [],
  turns: [
    {
      id: 1,
      circle: 0,
      speaker: personId("@bob:x"),
      startedAt: 1,
      endedAt: 2,
      spokenMs: 5,
      reason: "passed",
      heard: true,
    },
  ],
  utterances: [
    {
      id: "1.1",
      turn: 1,
      circle: 0,
      speaker: personId("@bob:x"),
      startedAt: 1,
      endedAt: 2,
      language: "en",
      text: "Tea.",
      segments: [],
      engine: { id: "e", model: "m" },
    },
  ],
});

/** The page is fetched once it is wanted, which takes its time on a busy machine. */
const afterPage = () => screen.findByTestId("after", {}, { timeout: 30_000 });

test("who comes next week sees that the meeting is over, when it was, and what came out of it", async () => {
  sitDown(meeting, { record: record(MINUTES) });
  await afterPage();
  expect(screen.getByTestId("after").textContent).toContain("The meeting is over");
  expect(screen.getByTestId("after").textContent).toMatch(/Thu,? 26 November, 16:30–17:42 · 72 minutes · 3 people/);
  expect(screen.getAllByTestId("after-part").map(({ textContent }) => textContent)).toEqual([
    "DecidedWe water by weekday.",
    expect.stringMatching(/^To doBuy a hoseanndue Thu,? 3 Decnot confirmedMend the tapbob$/),
    "Open questionsWho has the key?not confirmed",
  ]);
});

test("the one thing to do leads to the suggestions, whose buttons are at hand", async () => {
  sitDown(meeting, { record: record(MINUTES) });
  await afterPage();
  const look = screen.getByTestId("look-through");
  expect(look.textContent).toBe("2 suggestions, 1 yours: review");
  await act(async () => fireEvent.click(look));
  expect(screen.getByRole("tab", { name: "Minutes" }).getAttribute("aria-selected")).toBe("true");
  expect(document.activeElement?.closest("[data-status=suggested]")).not.toBeNull();
});

test("where nothing waits the minutes are read, and where nothing came of it that is said", async () => {
  sitDown(meeting, { record: record(MINUTES.slice(2)) });
  await afterPage();
  expect(screen.queryByTestId("look-through")).toBeNull();
  expect(screen.getByTestId("read-minutes")).toBeTruthy();
  cleanup();
  sitDown(meeting, { record: record([]) });
  await afterPage();
  expect(screen.getByTestId("after").textContent).toContain("The minutes are being written…");
  cleanup();
  sitDown(meeting, { record: { ...record([]), turns: [], utterances: [] } });
  await afterPage();
  expect(screen.getByTestId("after").textContent).toContain("No decisions, tasks or open questions.");
});

test("a meeting that runs has no such page", async () => {
  sitDown({ ...meeting, phase: "between" }, { record: record(MINUTES) });
  // Fetched by then, it would stand there.
  await act(async () => void (await import("./after-page.tsx")));
  expect(screen.queryByTestId("after")).toBeNull();
});

test("the record is taken along from there", async () => {
  const { sitting } = sitDown(meeting, { record: record(MINUTES) });
  await afterPage();
  const taken = vi.spyOn(sitting.files, "takeAlong").mockResolvedValue();
  await act(async () => fireEvent.click(screen.getAllByTestId("export")[0]!));
  await act(async () => fireEvent.click(screen.getByTestId("save-markdown")));
  expect(taken).toHaveBeenCalledWith(meeting.id, "markdown");
});
