import { expect, test } from "vitest";
import { council, Play } from "../../../tests/support/circle/play.ts";
import { personId } from "../../../tests/support/protocol/ids.ts";
import { utterance } from "../../../tests/support/minutes/utterance.ts";
import { Recording } from "../../../tests/support/record/recording.ts";
import type { Correction } from "../../protocol/correction.ts";
import type { Decision } from "../../protocol/meeting-record.ts";
import { keptEvaluation } from "./kept-figures.ts";

const ANN = personId("@ann:hs");

test("suggestions count by what people left them as, edits by the words they changed", () => {
  const play = new Play().gather("ann", "bob").start("ann", council());
  play.by("ann", "end");
  const record = new Recording();
  const text = "We meet on Mondays from now on, and begin at nine.";
  record.add({
    type: "utterance-heard",
    utterance: utterance({ speaker: ANN, startedAt: 1, endedAt: 2, language: "en", text }),
  });
  const decision = (id: string): Decision => ({
    id,
    text: "Meet on Mondays",
    from: ["1.1"],
    confirmedBy: null,
    status: "suggested",
  });
  const madeBy = { plugin: "decisions", version: "1", method: "rules", model: null, prompt: null, at: 3 } as const;
  record.add({
    type: "minutes-made",
    entry: {
      about: { kind: "meeting" },
      result: { form: "decisions", decisions: ["a", "b", "c", "d"].map(decision) },
      madeBy,
    },
  });
  const correct = (change: Correction) =>
    record.add({ type: "corrected", change, by: ANN, name: "Ann", door: "chat", at: 4 });
  correct({ of: "decision", id: "a", status: "confirmed" });
  correct({ of: "decision", id: "b", status: "dropped" });
  correct({ of: "decision", id: "c", text: "Meet on Mondays at nine", status: "confirmed" });
  correct({ of: "utterance", id: "1.1", text: `${text} Always.` });
  const { figures, languages } = keptEvaluation([{ meeting: play.state, record: record.now }]);
  expect(figures["decisions.confirmed"]?.value).toBe(0.5);
  expect(figures["decisions.dropped"]?.value).toBe(0.25);
  expect(figures["decisions.waiting"]?.value).toBe(0.25);
  expect(figures["tasks.confirmed"]).toBeUndefined();
  // One rewording among the 3 × 3 + 5 words of the decisions; one among the 11 of the transcript.
  expect(figures["edits.minutes"]?.value).toBeCloseTo(1 / 14);
  expect(figures["edits.transcript"]?.value).toBeCloseTo(1 / 12);
  expect(Object.keys(languages)).toEqual(["en"]);
});

test("a meeting that still runs is not counted", () => {
  const play = new Play().gather("ann").start("ann", council());
  expect(keptEvaluation([{ meeting: play.state, record: new Recording().now }]).meetings).toBe(0);
});
