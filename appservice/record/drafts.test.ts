import { expect, test } from "vitest";
import type { Growing, MinutesEntry } from "../protocol/meeting-record.ts";
import { type Drafts, draftsAfter, NO_DRAFTS, withDraft } from "./drafts.ts";
import type { RecordEvent } from "./event.ts";
import { evolveRecord } from "./evolve.ts";
import { EMPTY_RECORD } from "./state.ts";
import { MEETING } from "../../tests/support/record/random-records.ts";
import { recordOf, recordVersion } from "./view.ts";

const circle = { kind: "circle", circle: 0 } as const;
const draft = (text: string, plugin = "summary"): Growing => ({
  plugin,
  about: circle,
  method: "llm",
  sentences: [{ text, from: ["1.1"] }],
});
const made: MinutesEntry = {
  about: circle,
  result: { form: "summary", sentences: [{ text: "All like tea.", from: ["1.1"] }] },
  madeBy: { plugin: "summary", version: "1", method: "llm", model: null, prompt: null, at: 1 },
};
const textsAfter = (drafts: Drafts, event: RecordEvent) =>
  [...draftsAfter(drafts, event, EMPTY_RECORD, evolveRecord(EMPTY_RECORD, event)).growing.values()].flatMap(
    ({ sentences }) => sentences.map(({ text }) => text),
  );

test("minutes that are being written are shown as far as they have come, each time under another version of the record", () => {
  const [one, two] = [
    withDraft(NO_DRAFTS, draft("All")),
    withDraft(withDraft(NO_DRAFTS, draft("All")), draft("All like")),
  ];
  expect(recordOf(MEETING, EMPTY_RECORD, two).growing).toEqual([draft("All like")]);
  expect(recordOf(MEETING, EMPTY_RECORD).growing).toBeUndefined();
  const versions = [NO_DRAFTS, one, two].map((drafts) =>
    recordVersion({ meeting: MEETING, record: EMPTY_RECORD, drafts }),
  );
  expect(new Set(versions).size).toBe(3);
  expect(versions).toEqual(versions.toSorted((a, b) => a - b));
  expect(recordOf(MEETING, EMPTY_RECORD, two).version).toBe(versions[2]);
});

test("a draft is gone once its minutes are made, or could not be; another stays", () => {
  const drafts = withDraft(withDraft(NO_DRAFTS, draft("All")), draft("Tea", "notes"));
  expect(textsAfter(drafts, { type: "minutes-made", entry: made })).toEqual(["Tea"]);
  expect(textsAfter(drafts, { type: "minutes-failed", plugin: "notes", about: circle, error: "" })).toEqual(["All"]);
  expect(textsAfter(drafts, { type: "turn-heard", turn: 1, complete: true })).toEqual(["All", "Tea"]);
});

test("no draft outlives words that were taken back: it may hold them", () => {
  const drafts = withDraft(NO_DRAFTS, draft("All"));
  expect(textsAfter(drafts, { type: "command-taken-back", message: "$1" })).toEqual([]);
});
