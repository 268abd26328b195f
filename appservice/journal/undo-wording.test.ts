import { describe, expect, test } from "vitest";
import { id as personOf } from "../../tests/support/circle/play.ts";
import { utterance } from "../../tests/support/minutes/utterance.ts";
import type { Correction } from "../protocol/correction.ts";
import type { MinutesEntry, MinutesResult } from "../protocol/meeting-record.ts";
import { entryId } from "../protocol/minutes-key.ts";
import type { RecordEvent } from "../record/event.ts";
import { atOnce } from "./parts-of-work.ts";
import { emptySourceless, undoWording } from "./undo-wording.ts";

const [ANN, BOB] = [personOf("ann"), personOf("bob")];
const FROM = ["1.1"];

const entry = (result: MinutesResult): MinutesEntry => ({
  about: { kind: "meeting" },
  madeBy: { plugin: result.form, version: "1", method: "rules", model: null, prompt: null, at: 1 },
  result,
});
const made = (result: MinutesResult): RecordEvent => ({ type: "minutes-made", entry: entry(result) });
const summary = (...texts: string[]): MinutesResult => ({
  form: "summary",
  sentences: texts.map((text) => ({ text, from: FROM })),
});
const corrected = (by: typeof ANN, change: Correction): RecordEvent => ({
  type: "corrected",
  at: 2,
  by,
  name: by,
  door: "widget",
  change,
});
const reworded = (by: typeof ANN, ...sentences: string[]) =>
  corrected(by, { of: "summary", id: entryId(entry(summary())), sentences });
const TASK = made({
  form: "tasks",
  tasks: [{ id: "t1", title: "Buy tea", owner: null, due: null, from: FROM, status: "open" }],
});
const titled = (by: typeof ANN, title: string, id = "t1") => corrected(by, { of: "task", id, title });

/** Changes of an erasure of Bob's in a record, by their places. */
const undone = (...events: RecordEvent[]) =>
  atOnce(
    undoWording(
      events.map((event, seq) => ({ seq, event })),
      BOB,
    ),
  ).map(({ seq, event }) => [seq, "change" in event ? event.change : event.type]);

describe("where somebody put a result into other words", () => {
  test("the words before it stand again, be they the result's or another's", () => {
    expect(undone(made(summary("One.", "Two.")), reworded(BOB, "One.", "Three."))).toMatchObject([
      [1, { sentences: ["One.", "Two."] }],
    ]);
    expect(undone(made(summary("One.")), reworded(ANN, "Two."), reworded(BOB, "Three."))).toMatchObject([
      [2, { sentences: ["Two."] }],
    ]);
    expect(undone(made(summary("One.")), reworded(BOB, "Three."), reworded(ANN, "Two."))).toMatchObject([
      [1, { sentences: ["One."] }],
    ]);
    expect(undone(TASK, titled(BOB, "Buy a walrus"), titled(BOB, "Buy two"))).toMatchObject([
      [1, { title: "Buy tea" }],
      [2, { title: "Buy tea" }],
    ]);
  });

  test.each(["decision", "question"] as const)("a %s has its own words again", (of) => {
    const item = { id: "d1", text: "Tea comes", from: FROM, confirmedBy: null, answer: null, status: "suggested" };
    const result = { form: `${of}s`, [`${of}s`]: [item] } as unknown as MinutesResult;
    const change = { of, id: "d1", status: "confirmed", text: "A walrus comes" } as Correction;
    expect(undone(made(result), corrected(BOB, change))).toMatchObject([[1, { text: "Tea comes", id: "d1" }]]);
    const confirmed = { of, id: "d1", status: "confirmed" } as Correction;
    expect(undone(made(result), corrected(BOB, confirmed))).toEqual([]);
    expect(undone(made(result), corrected(BOB, { ...change, text: "Tea comes" } as Correction))).toEqual([]);
    expect(undone(corrected(BOB, change))).toEqual([]);
  });

  test("nothing changes where they said the same, only that it is done, or spoke of what is not there", () => {
    expect(undone(made(summary("One.", "Two.")), reworded(BOB, "One.", "Two."))).toEqual([]);
    expect(undone(made(summary("One.", "Two.")), reworded(BOB, "One."))).toMatchObject([
      [1, { sentences: ["One.", "Two."] }],
    ]);
    expect(undone(reworded(BOB, "One."))).toMatchObject([[0, { sentences: [] }]]);
    expect(undone(TASK, titled(BOB, "Buy tea"), titled(BOB, "Buy a walrus", "t9"))).toEqual([]);
    expect(undone(TASK, corrected(BOB, { of: "task", id: "t1", status: "done" }))).toEqual([]);
  });

  test("others' words stay, also in what they corrected of others' speech", () => {
    expect(undone(made(summary("One.")), reworded(ANN, "Two."), TASK, titled(ANN, "Buy two"))).toEqual([]);
    expect(undone(corrected(BOB, { of: "utterance", id: "1.1", text: "as Ann said it" }))).toEqual([]);
  });
});

test("of what they said to the facilitator the words go, and others' stay", () => {
  const heard = (speaker: typeof ANN, text: string): RecordEvent => ({
    type: "utterance-heard",
    utterance: utterance({ id: "1.1", speaker, text, segments: text === "" ? [] : [{ kind: "speech", text }] }),
  });
  const events = [heard(BOB, "pass"), heard(ANN, "pass"), heard(BOB, "")];
  const changed = atOnce(
    undoWording(
      events.map((event, seq) => ({ seq, event })),
      BOB,
    ),
  );
  expect(changed).toMatchObject([{ seq: 0, event: { utterance: { segments: [], text: "pass" } } }]);
  expect(changed).toHaveLength(1);
});

test("results that do not say on whose words they rest are emptied, once; others are found by theirs", () => {
  const note = (text: string) => made({ form: "note", title: text, text });
  const events = [note("a walrus"), made(summary("One.")), TASK, note(""), reworded(ANN, "Two.")];
  const changed = atOnce(emptySourceless(events.map((event, seq) => ({ seq, event }))));
  expect(changed).toEqual([{ seq: 0, event: note("") }]);
});
