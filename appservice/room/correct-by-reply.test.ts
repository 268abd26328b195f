import { parsePostKey } from "../journal/parse-post-key.ts";
import { expect, test } from "vitest";
import { entryId } from "../protocol/minutes-key.ts";
import type { MinutesEntry } from "../protocol/meeting-record.ts";
import { changeByReply } from "./correct-by-reply.ts";
import { Recording } from "../../tests/support/record/recording.ts";
import { personId } from "../../tests/support/protocol/ids.ts";

const madeBy = {
  plugin: "circle-summary",
  version: "1",
  method: "highlights",
  model: null,
  prompt: null,
  at: 7,
} as const;
const summary: MinutesEntry = {
  about: { kind: "circle", circle: 0 },
  madeBy,
  result: {
    form: "summary",
    sentences: [
      { text: "Ivan waters.", from: ["1.1"] },
      { text: "Eve pays.", from: ["1.2"] },
    ],
  },
};
const tasks: MinutesEntry = {
  about: { kind: "meeting" },
  madeBy: { ...madeBy, plugin: "tasks" },
  result: {
    form: "tasks",
    tasks: [{ id: "t1", title: "Water the roofs", owner: null, due: null, from: ["1.1"], status: "suggested" }],
  },
};

function record(...texts: string[]) {
  const recording = new Recording();
  for (const [at, text] of texts.entries()) {
    recording.add({
      type: "utterance-heard",
      utterance: {
        id: `1.${at + 1}`,
        turn: 1,
        circle: 0,
        speaker: personId("@ann:x"),
        startedAt: at,
        endedAt: at,
        language: "en",
        text,
        segments: [{ kind: "speech", text }],
        engine: { id: "e", model: "m" },
      },
    });
  }
  for (const entry of [summary, tasks]) recording.add({ type: "minutes-made", entry });
  return { record: recording.now, recording };
}

test("of a decision or a question its words are changed, and it is no suggestion after that", () => {
  const { recording: of } = record("Tea.");
  const found = { id: "1.1:0", from: ["1.1"], confirmedBy: null, status: "suggested" } as const;
  of.add({
    type: "minutes-made",
    entry: {
      about: { kind: "meeting" },
      madeBy: { ...madeBy, plugin: "decisions" },
      result: { form: "decisions", decisions: [{ ...found, from: ["1.1"], text: "Tea at for" }] },
    },
  });
  of.add({
    type: "minutes-made",
    entry: {
      about: { kind: "meeting" },
      madeBy: { ...madeBy, plugin: "questions" },
      result: {
        form: "questions",
        questions: [
          {
            ...found,
            id: "q",
            from: ["1.1"],
            text: "Who pours?",
            answeredIn: [],
            status: "open",
            confirmedBy: personId("@ann:x"),
          },
        ],
      },
    },
  });
  expect(changeByReply(parsePostKey("decision:1.1:0"), "for => four", { record: of.now })).toEqual({
    change: { of: "decision", id: "1.1:0", text: "Tea at four", status: "confirmed" },
  });
  expect(changeByReply(parsePostKey("question:q"), "Who pays?", { record: of.now })).toEqual({
    change: { of: "question", id: "q", text: "Who pays?" },
  });
  expect(changeByReply(parsePostKey("question:none"), "Who pays?", { record: of.now })).toEqual({
    problem: "reply-to",
  });
});

const ofUtterance = (id: string, text: string) => ({ change: { of: "utterance", id, text } });

test("a whole utterance, or some words of it, in whatever case and quotation marks", () => {
  expect(changeByReply(parsePostKey("turn:1"), "I like tea.", record("I like the."))).toEqual(
    ofUtterance("1.1", "I like tea."),
  );
  expect(
    changeByReply(parsePostKey("turn:1:2"), "“Eve ann” => «Yvonne»", record("I asked.", "Then eve Ann came.")),
  ).toEqual(ofUtterance("1.2", "Then Yvonne came."));
  expect(changeByReply(parsePostKey("turn:1"), "um, → ", record("And um, so"))).toEqual(ofUtterance("1.1", "And so"));
});

test("words behind a letter whose small one is longer are replaced whole", () => {
  expect(changeByReply(parsePostKey("turn:1"), "tee → tea", record("İİ brings the TEE at four"))).toEqual(
    ofUtterance("1.1", "İİ brings the tea at four"),
  );
});

test("what is not clear is asked for, and nothing is changed", () => {
  expect(changeByReply(parsePostKey("turn:1"), "I like tea.", record("I.", "Like."))).toEqual({ problem: "which" });
  expect(changeByReply(parsePostKey("turn:1"), "tea => coffee", record("Tea or tea"))).toEqual({
    problem: "twice",
    words: "tea",
  });
  expect(changeByReply(parsePostKey("turn:1"), "milk => coffee", record("Tea"))).toEqual({
    problem: "not-found",
    words: "milk",
  });
  for (const key of ["turn:9", "task:t9", "circle:3", "control:0:✋", "greeting:$x"])
    expect(changeByReply(parsePostKey(key), "x", record("Tea"))).toEqual({ problem: "reply-to" });
});

test("a sentence of a summary, or all of it line by line; a task's title", () => {
  const id = entryId(summary);
  expect(changeByReply(parsePostKey("circle:0"), "Ivan => Yvonne", record())).toEqual({
    change: { of: "summary", id, sentences: ["Yvonne waters.", "Eve pays."] },
  });
  expect(changeByReply(parsePostKey("circle:0"), "• Yvonne waters.\n\n- Eve pays.", record())).toEqual({
    change: { of: "summary", id, sentences: ["Yvonne waters.", "Eve pays."] },
  });
  expect(changeByReply(parsePostKey("task:t1"), "roofs => roses", record())).toEqual({
    change: { of: "task", id: "t1", title: "Water the roses" },
  });
  expect(changeByReply(parsePostKey("task:t1"), "Water the roses", record())).toEqual({
    change: { of: "task", id: "t1", title: "Water the roses" },
  });
});
