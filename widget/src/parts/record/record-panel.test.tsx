/** @vitest-environment jsdom */
import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { MeetingRecord, MinutesEntry, Task } from "@mindminder/protocol/meeting-record.ts";
import { entryId } from "@mindminder/protocol/minutes-key.ts";
import { meetingOf } from "../../../dev/made-up-meeting.ts";
import { sitDown } from "../../../dev/made-up-sitting.tsx";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import { meetingId, personId } from "../../../../tests/support/protocol/ids.ts";

beforeEach(() => void vi.spyOn(console, "error"));
afterEach(() => {
  expect(console.error).not.toHaveBeenCalled();
  cleanup();
  vi.restoreAllMocks();
});

const meeting = meetingOf(["ann", "bob", "eve"], {
  phase: "ended",
  turn: null,
  endedAt: 2_000_000,
  keeper: personId("@eve:x"),
});
const madeBy = {
  plugin: "circle-summary",
  version: "1",
  method: "highlights",
  model: null,
  prompt: null,
  at: 7,
} as const;
const summary: MinutesEntry = {
  about: { kind: "participant", circle: 0, participant: personId("@ann:x") },
  madeBy,
  result: { form: "summary", sentences: [{ text: "Ann likes the.", from: ["1.1"] }] },
};
const task: Task = {
  id: "t1",
  title: "Water the roofs",
  owner: personId("@ann:x"),
  due: "2026-11-27",
  from: ["1.1"],
  status: "suggested",
};
const said = (turn: number, speaker: ParticipantId, ...texts: string[]): MeetingRecord["utterances"] =>
  texts.map((text, at) => ({
    id: `${turn}.${at + 1}`,
    turn,
    circle: 0,
    speaker,
    startedAt: turn * 10 + at,
    endedAt: turn * 10 + at,
    language: "en",
    text,
    segments: [{ kind: "speech", text }],
    engine: { id: "e", model: "m" },
  }));
const turn = (id: number, speaker: ParticipantId) => ({
  id,
  circle: 0,
  speaker,
  startedAt: id * 10,
  endedAt: id * 10 + 5,
  spokenMs: 5,
  reason: "passed",
  heard: true,
});
const record = (given: Partial<MeetingRecord> = {}): MeetingRecord => ({
  version: 1,
  turns: [turn(1, personId("@ann:x")), turn(2, personId("@bob:x"))],
  utterances: [
    ...said(1, personId("@ann:x"), "I like the.", "And roses."),
    ...said(2, personId("@bob:x"), "I water them."),
  ],
  comments: [],
  minutes: [
    summary,
    { about: { kind: "meeting" }, madeBy: { ...madeBy, plugin: "tasks" }, result: { form: "tasks", tasks: [task] } },
  ],
  remaking: [],
  corrections: [],
  ...given,
});

const press = (testId: string) => act(async () => fireEvent.click(screen.getByTestId(testId)));
const tab = (name: string) => act(async () => fireEvent.click(screen.getByRole("tab", { name })));
const write = (field: HTMLElement, value: string) => fireEvent.change(field, { target: { value } });

test("whoever spoke puts right what was heard as one text; only the piece they changed is sent", async () => {
  const { corrections } = sitDown(meeting, { record: record() });
  await tab("Transcript");
  await press("correct");
  const field = within(screen.getByTestId("editor")).getByRole("textbox");
  expect(field).toHaveProperty("value", "I like the. And roses.");
  expect(screen.getByTestId("editor").textContent).toContain("The minutes will be regenerated");
  write(field, " I like tea. And roses. ");
  await press("save");
  await expect.poll(() => corrections).toHaveLength(1);
  expect(corrections).toEqual([
    { meeting: meeting.id, seen: 0, change: { of: "utterance", id: "1.1", text: "I like tea." } },
  ]);
  await expect.poll(() => screen.queryByTestId("editor")).toBeNull();
});

test("another's words have no such button, but for the keeper", async () => {
  sitDown(meeting, { record: record(), me: personId("@bob:x") });
  await tab("Transcript");
  expect(screen.getAllByTestId("correct")).toHaveLength(1);
  cleanup();
  sitDown(meeting, { record: record(), me: personId("@eve:x") });
  await tab("Transcript");
  expect(screen.getAllByTestId("correct")).toHaveLength(2);
});

test("who corrected is said, and what stood there before is shown when asked for", async () => {
  const made = {
    of: "utterance",
    id: "1.1",
    by: personId("@eve:x"),
    name: "eve",
    at: 5,
    door: "chat",
    before: "I like the roof.",
    after: "I like the.",
  } as const;
  sitDown(meeting, { record: record({ corrections: [made] }) });
  await tab("Transcript");
  expect(screen.queryByTestId("history")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Corrected by eve" }));
  expect(screen.getByTestId("history").textContent).toContain("I like the roof.");
});

test("Escape leaves everything as it was", async () => {
  const { corrections } = sitDown(meeting, { record: record() });
  await tab("Transcript");
  await press("correct");
  await act(async () =>
    fireEvent.keyDown(within(screen.getByTestId("editor")).getAllByRole("textbox")[0]!, { key: "Escape" }),
  );
  expect(screen.queryByTestId("editor")).toBeNull();
  expect(corrections).toEqual([]);
});

test("a summary is corrected line by line, by the one it is about", async () => {
  const { corrections } = sitDown(meeting, { record: record() });
  await press("correct-summary");
  write(screen.getByRole("textbox", { name: "Summary" }), "Ann likes tea.\n\n And roses. ");
  await press("save");
  expect(corrections[0]?.change).toEqual({
    of: "summary",
    id: entryId(summary),
    sentences: ["Ann likes tea.", "And roses."],
  });
});

test("a task is ticked off, confirmed, or said to be none, with one press", async () => {
  const { corrections } = sitDown(meeting, { record: record() });
  await press("task-done");
  await press("task-confirm");
  await press("task-drop");
  expect(corrections.map(({ change }) => change)).toEqual([
    { of: "task", id: "t1", status: "done" },
    { of: "task", id: "t1", status: "open" },
    { of: "task", id: "t1", status: "dropped" },
  ]);
});

test("a task's words, owner and date are changed in its place, and it is no suggestion after that", async () => {
  const { corrections } = sitDown(meeting, { record: record() });
  await press("task-edit");
  write(screen.getByTestId("task-title"), "Water the roses");
  write(screen.getByTestId("task-owner"), "@bob:x");
  write(screen.getByTestId("task-due"), "");
  await press("save");
  expect(corrections[0]).toEqual({
    meeting: meeting.id,
    seen: 0,
    change: { of: "task", id: "t1", title: "Water the roses", owner: "@bob:x", due: null, status: "open" },
  });
});

test("somebody else's task can be read and not be changed", () => {
  sitDown(meeting, { record: record(), me: personId("@bob:x") });
  expect(screen.getByTestId("task-done")).toHaveProperty("disabled", true);
  expect(screen.queryByTestId("task-edit")).toBeNull();
});

test("a decision that was only found is confirmed, and a question said to be answered, by whoever said them", async () => {
  const found = { from: ["1.1"], confirmedBy: null, status: "suggested" } as const;
  const minutes: MinutesEntry[] = [
    {
      about: { kind: "meeting" },
      madeBy: { ...madeBy, plugin: "decisions" },
      result: { form: "decisions", decisions: [{ ...found, id: "d1", text: "Tea at four", from: ["1.1"] }] },
    },
    {
      about: { kind: "meeting" },
      madeBy: { ...madeBy, plugin: "questions" },
      result: {
        form: "questions",
        questions: [{ ...found, id: "q1", text: "Who brings cups?", from: ["1.1"], answeredIn: [] }],
      },
    },
  ];
  const { corrections } = sitDown(meeting, { record: record({ minutes }) });
  await act(async () => fireEvent.click(within(screen.getByTestId("decision")).getByTestId("item-confirm")));
  await press("item-answered");
  await act(async () => fireEvent.click(within(screen.getByTestId("decision")).getByTestId("item-edit")));
  write(screen.getByRole("textbox", { name: "Decision" }), "Tea at five");
  await press("save");
  expect(corrections.map(({ change }) => change)).toEqual([
    { of: "decision", id: "d1", status: "confirmed" },
    { of: "question", id: "q1", status: "answered" },
    { of: "decision", id: "d1", text: "Tea at five", status: "confirmed" },
  ]);
  cleanup();
  sitDown(meeting, { record: record({ minutes }), me: personId("@bob:x") });
  expect(within(screen.getByTestId("decision")).getByText("Tea at four")).toBeTruthy();
  expect(screen.queryByTestId("item-confirm")).toBeNull();
  expect(screen.getAllByTestId("who-may")[0]?.textContent).toBe(
    "The person who said it or the keeper can confirm this.",
  );
});

test("what grows of a circle's summary is seen before it is finished, with whose words they are", async () => {
  const growing = [
    {
      plugin: "circle-summary",
      about: { kind: "circle" as const, circle: 0 },
      method: "highlights" as const,
      sentences: [{ text: "I water them.", from: ["2.1"] }],
    },
  ];
  sitDown({ ...meeting, phase: "circle", endedAt: null }, { record: record({ minutes: [], growing }) });
  await tab("Minutes");
  expect(screen.getByTestId("growing").textContent).toMatch(/So far.*bob: I water them\./);
});

test("searching leaves the turns in which it was said, with the words marked", async () => {
  sitDown(meeting, { record: record() });
  await tab("Transcript");
  write(screen.getByTestId("search"), "ROSES");
  await screen.findByTestId("search-results");
  expect(screen.getAllByTestId("said")).toHaveLength(1);
  expect(screen.getByTestId("found").textContent).toBe("roses");
  write(screen.getByTestId("search"), "water the roofs");
  expect(screen.getByTestId("hit").textContent).toBe("task Water the roofs");
  write(screen.getByTestId("search"), "(milk");
  expect(screen.queryByTestId("said")).toBeNull();
  expect(screen.getByText("No matches.")).toBeTruthy();
});

test("a past meeting of the room is opened, read and put right, and left again", async () => {
  const old = {
    ...meeting,
    id: meetingId("m00000000"),
    topic: "Winter",
    startedAt: 500_000,
    keeper: personId("@ann:x"),
  };
  const { corrections } = sitDown(meeting, {
    record: record(),
    past: [{ meeting: old, record: record({ utterances: said(1, personId("@bob:x"), "It was cold.") }) }],
  });
  await tab("Transcript");
  await act(async () => fireEvent.change(await screen.findByTestId("meeting-choice"), { target: { value: old.id } }));
  expect(screen.getAllByTestId("said")[0]?.textContent).toContain("It was cold.");
  fireEvent.click(screen.getAllByTestId("correct")[0]!);
  write(screen.getByRole("textbox", { name: "Transcript" }), "It was old.");
  await press("save");
  expect(corrections[0]).toMatchObject({ meeting: old.id, change: { id: "1.1", text: "It was old." } });
  await act(async () => fireEvent.change(screen.getByTestId("meeting-choice"), { target: { value: "" } }));
  expect(screen.getAllByTestId("said")[0]?.textContent).toContain("I like the.");
});

test("the keeper has the minutes made anew, and all see that it is under way", async () => {
  sitDown(meeting, { record: record() });
  expect(screen.queryByTestId("remake")).toBeNull();
  cleanup();
  sitDown(meeting, { record: record(), me: personId("@eve:x") });
  await press("remake");
  expect(screen.getByTestId("remaking").textContent).toBe("Regenerating…");
});

test("all that was found for me to do is confirmed with one press, and nothing of the others", async () => {
  const tasks: Task[] = [
    task,
    { ...task, id: "t2" },
    { ...task, id: "t3", owner: personId("@bob:x") },
    { ...task, id: "t4", status: "open" },
  ];
  const { corrections } = sitDown(meeting, {
    record: record({ minutes: [{ about: { kind: "meeting" }, madeBy, result: { form: "tasks", tasks } }] }),
  });
  expect(screen.getByTestId("confirm-mine").textContent).toBe("Confirm all my tasks (2)");
  await press("confirm-mine");
  expect(corrections.map(({ change }) => change)).toEqual([
    { of: "task", id: "t1", status: "open" },
    { of: "task", id: "t2", status: "open" },
  ]);
});

test("what is not found here is found in the meeting that has it, and that opens", async () => {
  const old = { ...meeting, id: meetingId("m00000000"), topic: "Winter", startedAt: 500_000 };
  const cold = {
    meeting: old,
    record: record({
      utterances: said(1, personId("@bob:x"), "On Wednesday it was cold."),
      minutes: [
        {
          about: { kind: "meeting" as const },
          madeBy,
          result: { form: "tasks" as const, tasks: [{ ...task, title: "Come on Wednesday" }] },
        },
      ],
    }),
  };
  await act(async () => sitDown(meeting, { record: record(), past: [cold] }));
  write(screen.getByTestId("search"), "wednesday");
  await screen.findByTestId("search-past");
  expect(screen.queryByTestId("past-hit")).toBeNull();
  await press("search-past");
  const hits = within(screen.getByTestId("past-found")).getAllByTestId("hit");
  expect(hits.map(({ textContent }) => textContent)).toEqual([
    "task Come on Wednesday",
    "transcript On Wednesday it was cold.",
  ]);
  await press("past-hit");
  expect(screen.getByTestId("said").textContent).toContain("it was cold");
});

test("who was moved on is not said to have been silent, and nothing is measured where nobody spoke", async () => {
  const moved = { ...turn(1, personId("@ann:x")), reason: "forced" };
  sitDown(
    { ...meeting, people: meeting.people.map((person) => ({ ...person, spokenMs: 2_000 })) },
    { record: record({ turns: [moved], utterances: [], minutes: [] }) },
  );
  await tab("Transcript");
  expect(screen.getByTestId("said").textContent).toContain("moved on by the keeper");
  expect(screen.getByTestId("said").textContent).not.toContain("said nothing");
  await tab("Time");
  expect(screen.queryByTestId("evenness")).toBeNull();
});

test("before a meeting stand what was decided last time and how it would go", async () => {
  const decided = (status: "confirmed" | "suggested", text: string) => ({
    id: text,
    text,
    from: ["1.1"],
    confirmedBy: null,
    status,
  });
  const old = {
    ...meeting,
    id: meetingId("m00000000"),
    topic: "Winter",
    startedAt: Date.parse("2026-10-21T10:00:00Z"),
  };
  const minutes: MinutesEntry[] = [
    {
      about: { kind: "meeting" },
      madeBy,
      result: {
        form: "decisions",
        decisions: [decided("confirmed", "We prune in March."), decided("suggested", "Or in May.")],
      },
    },
  ];
  await act(async () => sitDown(null, { past: [{ meeting: old, record: record({ minutes }) }] }));
  expect(screen.getByTestId("last-decisions").textContent).toBe(
    "Last time you decidedWe prune in March.21 October · Winter",
  );
  expect(screen.getByTestId("agenda").textContent).toMatch(/^How the meeting will go: Council1Statements2:00 each/);
});

test("in the minutes of a meeting stand what was decided, who does what, what is open, and then what was said", () => {
  const about = { kind: "meeting" } as const;
  const found = { from: ["1.1"], confirmedBy: null, status: "suggested" as const };
  sitDown(meeting, {
    record: record({
      minutes: [
        { about, madeBy, result: { form: "summary", sentences: [{ text: "Tea was spoken of.", from: ["1.1"] }] } },
        {
          about,
          madeBy,
          result: { form: "questions", questions: [{ ...found, id: "q1", text: "Who brings cups?", answeredIn: [] }] },
        },
        { about, madeBy, result: { form: "tasks", tasks: [task] } },
        { about, madeBy, result: { form: "decisions", decisions: [{ ...found, id: "d1", text: "Tea at four" }] } },
      ],
    }),
  });
  expect(screen.getAllByTestId("minutes-entry").map((entry) => entry.getAttribute("data-form"))).toEqual([
    "decisions",
    "tasks",
    "questions",
    "summary",
  ]);
});

test("a past meeting's questions are read in one's own language", async () => {
  const circles = meeting.circles.map((circle) => ({
    ...circle,
    theme: "What now?",
    themes: { en: "What now?", ru: "Что теперь?" },
  }));
  const old = { ...meeting, id: meetingId("m00000000"), circles };
  sitDown(meeting, { record: record(), language: "ru", past: [{ meeting: old, record: record() }] });
  const choice = await screen.findByTestId("meeting-choice");
  await act(async () => fireEvent.change(choice, { target: { value: old.id } }));
  expect(within(screen.getByTestId("record")).getAllByText("Что теперь?").length).toBeGreaterThan(0);
});
