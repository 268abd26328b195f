import { expect, test } from "vitest";
import { council, Play } from "../../tests/support/circle/play.ts";
import { recordForMinutes } from "../record/view.ts";
import type { About, MinutesEntry } from "../protocol/meeting-record.ts";
import { outdated } from "./outdated.ts";
import type { Plugin } from "./plugin.ts";
import { Recording } from "../../tests/support/record/recording.ts";
import { personId } from "../../tests/support/protocol/ids.ts";

const plugins = [{ id: "summary" }, { id: "typed-only", needs: ["comments"] }] as unknown as Plugin[];
const circle = (index: number): About => ({ kind: "circle", circle: index });
const made = (plugin: string, about: About): MinutesEntry => ({
  about,
  result: { form: "note", title: "", text: "" },
  madeBy: { plugin, version: "1", method: "rules", model: null, prompt: null, at: 1 },
});

/** Makes a record in which Bob said something in the first circle, and Tom typed something. */
function heard() {
  const meeting = new Play()
    .gather("ann", "bob")
    .start("ann", council({ circles: [{ theme: "Tea?", kind: "statement" }] })).state;
  const record = new Recording();
  const text = "I like the.";
  record.add({
    type: "utterance-heard",
    utterance: {
      id: "1.1",
      turn: 1,
      circle: 0,
      speaker: personId("@bob:hs"),
      startedAt: 1,
      endedAt: 2,
      language: "en",
      text,
      segments: [{ kind: "speech", text }],
      engine: { id: "e", model: "m" },
    },
  });
  record.add({
    type: "comment-made",
    comment: { id: "$c", circle: 0, turn: 1, who: personId("@tom:hs"), name: "tom", at: 1, text: "task: x" },
  });
  return {
    record,
    correct: (words: string) =>
      record.add({
        type: "corrected",
        at: 9,
        by: personId("@bob:hs"),
        name: "Bob",
        door: "chat",
        change: { of: "utterance", id: "1.1", text: words },
      }),
    outdated: () =>
      outdated(recordForMinutes(meeting, record.now), plugins).map(({ madeBy, about }) => [madeBy.plugin, about]),
  };
}

test("what rests on corrected words is known from the journal alone, also where it was begun before the correction and came after it", () => {
  const { record, correct, outdated: now } = heard();
  record.add({ type: "minutes-made", entry: made("summary", circle(0)) });
  expect(now()).toEqual([]);
  correct("I like tea.");
  expect(now()).toEqual([["summary", circle(0)]]);
  record.add({ type: "minutes-made", entry: made("summary", circle(0)), basis: 0 });
  expect(now()).toHaveLength(1);
  record.add({ type: "minutes-made", entry: made("summary", circle(0)), basis: 1 });
  expect(now()).toEqual([]);
});

test("what is being made anew is not asked for twice", () => {
  const { record, correct, outdated: now } = heard();
  record.add({ type: "minutes-made", entry: made("summary", circle(0)) });
  correct("I like tea.");
  record.add({
    type: "minutes-redo",
    at: 9,
    by: personId("@bob:hs"),
    results: [{ plugin: "summary", about: circle(0) }],
  });
  expect(now()).toEqual([]);
});

test("another circle, another speaker, and what is made of other texts stay as they are", () => {
  const { record, correct, outdated: now } = heard();
  const others: About[] = [
    circle(1),
    { kind: "person", participant: personId("@ann:hs") },
    { kind: "participant", circle: 1, participant: personId("@bob:hs") },
  ];
  for (const about of others) record.add({ type: "minutes-made", entry: made("summary", about) });
  record.add({ type: "minutes-made", entry: made("typed-only", { kind: "meeting" }) });
  record.add({ type: "minutes-made", entry: made("of-a-plugin-that-is-gone", { kind: "meeting" }) });
  correct("I like tea.");
  expect(now()).toEqual([]);
});

test("a typed message that was edited or taken back counts as a correction; a slip of the keyboard that changes nothing does not", () => {
  const { record, outdated: now } = heard();
  record.add({ type: "minutes-made", entry: made("typed-only", { kind: "meeting" }) });
  record.add({ type: "comment-edited", id: "$nobody", text: "x" });
  record.add({ type: "comment-edited", id: "$c", text: "task: x" });
  expect(now()).toEqual([]);
  record.add({ type: "comment-edited", id: "$c", text: "task: y" });
  expect(now()).toEqual([["typed-only", { kind: "meeting" }]]);
});
