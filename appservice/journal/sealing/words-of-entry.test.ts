import { describe, expect, test } from "vitest";
import { id as personOf } from "../../../tests/support/circle/play.ts";
import { utterance } from "../../../tests/support/minutes/utterance.ts";
import type { CircleEvent } from "../../circle/event.ts";
import { planOf, Scenario } from "../../circle/scenario.ts";
import type { Correction } from "../../protocol/correction.ts";
import type { MinutesEntry, MinutesResult } from "../../protocol/meeting-record.ts";
import { entryId } from "../../protocol/minutes-key.ts";
import type { RecordEvent } from "../../record/event.ts";
import { differing, valueAt, withValues, wordsOfEntry } from "./words-of-entry.ts";

const [ANN, BOB] = [personOf("ann"), personOf("bob")];
const ABOUT = { kind: "meeting" } as const;
const EVERYBODY = { people: [], sources: [], everybody: true };

const inRecord = (event: RecordEvent) => wordsOfEntry({ kind: "record", event });
const inCircle = (event: CircleEvent) => wordsOfEntry({ kind: "circle", event });
const owned = (people: readonly string[], sources: readonly string[] = []) => ({ people, sources, everybody: false });
const corrected = (change: Correction) =>
  inRecord({ type: "corrected", at: 1, by: BOB, name: "Bob", door: "widget", change });
const entry = (result: MinutesResult): MinutesEntry => ({
  about: ABOUT,
  madeBy: { plugin: "p", version: "1", method: "rules", model: null, prompt: null, at: 1 },
  result,
});
const made = (result: MinutesResult) => inRecord({ type: "minutes-made", entry: entry(result) });
const IN_RESULT = ["entry", "result"];

describe("words in an entry of the circle", () => {
  test("are those of whoever gave them, under their message or, where there is none, under their name", () => {
    const objected = { type: "position-taken", at: 1, who: ANN, position: "object", reason: "a walrus" } as const;
    const paths = [["reason"]];
    expect(inCircle(objected)).toEqual([{ owners: owned([ANN]), source: ANN, paths }]);
    expect(inCircle({ ...objected, message: "$typed" })).toEqual([{ owners: owned([ANN]), source: "$typed", paths }]);
  });

  test("that begin a meeting stand under the message in which they were typed", () => {
    const plan = planOf(
      Scenario.parse({ id: "garden", title: "Garden", circles: [{ theme: "On {topic}" }] }),
      "en",
      "a walrus",
    );
    const started = { type: "meeting-started", at: 1, by: ANN, plan, topic: "a walrus", seed: 1 } as const;
    const [part] = inCircle({ ...started, message: "$typed" });
    expect(part).toMatchObject({ owners: owned([ANN]), source: "$typed" });
    expect(part?.paths).toEqual(expect.arrayContaining([["topic"], ["plan", "circles", 0, "theme"]]));
    expect(inCircle(started)[0]).toMatchObject({ owners: owned([ANN]), source: ANN });
  });

  test("are none where it only says who did something, and when", () => {
    expect(inCircle({ type: "person-left", at: 1, who: ANN })).toEqual([]);
    expect(inCircle({ type: "position-taken", at: 1, who: ANN, position: "consent", reason: "" })).toEqual([]);
  });
});

describe("words in an entry of the record", () => {
  test("that were heard are the speaker's: the text and its parts", () => {
    const heard = utterance({ id: "1.1", turn: 1, speaker: ANN, text: "a walrus" });
    expect(inRecord({ type: "utterance-heard", utterance: heard })).toEqual([
      {
        owners: owned([ANN]),
        source: "1.1",
        paths: [
          ["utterance", "text"],
          ["utterance", "segments"],
        ],
      },
    ]);
  });

  test("that were typed are the writer's, also as they were edited", () => {
    const comment = { id: "$c", circle: 0, turn: 1, who: ANN, name: "Ann", at: 1, text: "a walrus" };
    const typed = inRecord({ type: "comment-made", comment });
    expect(typed).toEqual([{ owners: owned([ANN]), source: "$c", paths: [["comment", "text"]] }]);
    const edited = inRecord({ type: "comment-edited", id: "$c", text: "two", edit: "$e" });
    expect(edited).toEqual([{ owners: owned([], ["$c"]), source: null, paths: [["text"]] }]);
  });

  test("that correct what was heard are the speaker's alone, and those of results also theirs who reworded them", () => {
    expect(corrected({ of: "utterance", id: "1.1", text: "two" })).toEqual([
      { owners: owned([], ["1.1"]), source: null, paths: [["change", "text"]] },
    ]);
    const both = (id: string) => owned([BOB], [id]);
    const sentences = ["One.", "Two."];
    expect(corrected({ of: "summary", id: "s", sentences })).toEqual([
      {
        owners: both("s"),
        source: null,
        paths: [
          ["change", "sentences", 0],
          ["change", "sentences", 1],
        ],
      },
    ]);
    expect(corrected({ of: "task", id: "t1", title: "two" })).toEqual([
      { owners: both("t1"), source: null, paths: [["change", "title"]] },
    ]);
    expect(corrected({ of: "decision", id: "d1", status: "confirmed", text: "two" })).toEqual([
      { owners: both("d1"), source: null, paths: [["change", "text"]] },
    ]);
  });

  test("of results are theirs on whose words they rest, each part by itself", () => {
    const [one, other] = [["1.1"], ["$c", "2.1"]];
    const summary: MinutesResult = {
      form: "summary",
      sentences: [
        { text: "One.", from: one },
        { text: "Two.", from: other },
      ],
    };
    const source = entryId(entry(summary));
    expect(made(summary)).toEqual([
      { owners: owned([], one), source, paths: [[...IN_RESULT, "sentences", 0, "text"]] },
      { owners: owned([], other), source, paths: [[...IN_RESULT, "sentences", 1, "text"]] },
    ]);
    const task = { id: "t1", title: "x", owner: null, due: null, from: one, status: "open" } as const;
    expect(made({ form: "tasks", tasks: [task] })).toEqual([
      { owners: owned([], one), source: "t1", paths: [[...IN_RESULT, "tasks", 0, "title"]] },
    ]);
    const decision = { id: "d1", text: "x", from: one, confirmedBy: null, status: "suggested" } as const;
    expect(made({ form: "decisions", decisions: [decision] })).toEqual([
      { owners: owned([], one), source: "d1", paths: [[...IN_RESULT, "decisions", 0, "text"]] },
    ]);
    const question = { id: "q1", text: "x", from: other, status: "open" } as unknown as Question;
    expect(made({ form: "questions", questions: [question] })).toEqual([
      { owners: owned([], other), source: "q1", paths: [[...IN_RESULT, "questions", 0, "text"]] },
    ]);
  });

  test("that do not say on what they rest may be anybody's", () => {
    expect(made({ form: "note", title: "Figures", text: "x" })).toEqual([
      {
        owners: EVERYBODY,
        source: null,
        paths: [
          [...IN_RESULT, "title"],
          [...IN_RESULT, "text"],
        ],
      },
    ]);
    expect(made({ form: "graph", same: [], counts: {} } as unknown as MinutesResult)).toEqual([
      { owners: EVERYBODY, source: null, paths: [[...IN_RESULT, "same"]] },
    ]);
    expect(inRecord({ type: "minutes-failed", plugin: "p", about: ABOUT, error: "x" })).toEqual([
      { owners: EVERYBODY, source: null, paths: [["error"]] },
    ]);
    const drawn = { state: "s", at: 1, counts: {}, central: ["x"], picture: null };
    expect(inRecord({ type: "graph-drawn", drawn })).toEqual([
      { owners: EVERYBODY, source: null, paths: [["drawn", "central"]] },
    ]);
  });

  test("are none where it only says what happened to them", () => {
    expect(inRecord({ type: "comment-removed", id: "$c" })).toEqual([]);
    expect(inRecord({ type: "turn-heard", turn: 1, complete: true })).toEqual([]);
  });
});

type Question = Extract<MinutesResult, { form: "questions" }>["questions"][number];

describe("what differs in two values", () => {
  test("is found at its place, also where one of them holds no more there, or something else", () => {
    expect(differing({ a: [{ b: 1 }, 2] }, { a: [{ b: 3 }, 2] })).toEqual([["a", 0, "b"]]);
    expect(differing({ a: { b: "x" } }, { a: "x" })).toEqual([["a"]]);
    expect(differing({ a: "x" }, { a: { b: "x" } })).toEqual([["a"]]);
    expect(differing({ a: { b: "x" } }, { a: null })).toEqual([["a"]]);
    expect(differing({ a: { b: "x", c: 1 } }, { a: { c: 1 } })).toEqual([["a"]]);
    expect(differing({ a: { b: "x" } }, { a: { c: "x" } })).toEqual([["a"]]);
  });
});

describe("a value at a place", () => {
  const value = { a: [{ b: 1 }, { b: 2 }], c: null };

  test("is found and put there, and all else stays", () => {
    expect([valueAt(value, ["a", 1, "b"]), valueAt(value, ["c"]), valueAt(value, [])]).toEqual([2, null, value]);
    expect(withValues(value, [[["a", 1, "b"], 3]])).toEqual({ a: [{ b: 1 }, { b: 3 }], c: null });
    expect(withValues(value, [[["a", 0], "x"]])).toEqual({ a: ["x", { b: 2 }], c: null });
    expect(value.a[1]).toEqual({ b: 2 });
  });

  test("that is not there is not made", () => {
    expect([valueAt(value, ["z"]), valueAt(value, ["a", 5, "b"]), valueAt(value, ["c", "d"])]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    for (const path of [["z"], ["a", 5, "b"], ["c", "d"], ["a", 0, "z"], ["toString"]])
      expect(withValues(value, [[path, "put"]])).toEqual(value);
  });
});
