import { expect, test } from "vitest";
import { meeting } from "../../../tests/support/minutes/meeting.ts";
import { utterance } from "../../../tests/support/minutes/utterance.ts";
import { type ByRule, onTheSpot } from "../rules.ts";
import { meaningsOf } from "./meanings.ts";

test("what was said is parted into sentences, and their places levelled, apart from the thread that guards the microphones", async () => {
  const asked: string[] = [];
  const byRule: ByRule = (rule, ...given) => {
    asked.push(rule);
    return onTheSpot(rule, ...given);
  };
  const sought: string[] = [];
  const embeddings = {
    model: "m",
    alikeFrom: 0.5,
    of: (texts: readonly string[]) => {
      sought.push(...texts);
      return Promise.resolve(texts.map((_, i) => Float32Array.from([1, i])));
    },
  };
  const found = await meaningsOf({
    utterances: [
      utterance({ id: "1.1", text: "The fence is broken. Who mends it?" }),
      utterance({ id: "1.2", text: "The fence is broken." }),
    ],
    meeting: meeting({ circles: [] }),
    embeddings,
    byRule,
    signal: AbortSignal.timeout(50_000),
    warn: (message) => expect.unreachable(message),
  });
  expect(asked).toEqual(["sentenceTexts", "levelled"]);
  expect(sought).toEqual(["The fence is broken.", "Who mends it?"]);
  expect([...(found?.of.keys() ?? [])]).toEqual(sought);
});
