import { expect, test, vi } from "vitest";
import type { Asked } from "../../../tests/support/minutes/chat-server.ts";
import { answer, run, whole } from "../../../tests/support/minutes/run-plugin.ts";
import { utterance } from "../../../tests/support/minutes/utterance.ts";
import { personId } from "../../../tests/support/protocol/ids.ts";

vi.setConfig({ testTimeout: 60_000 }); // a machine that does much else besides

const utterances = [
  utterance({ id: "1.1", text: "We should charge a fee for the concert." }),
  utterance({
    id: "2.1",
    turn: 2,
    speaker: personId("@boris:x"),
    text: "People expect no fee, so the concert stays free.",
  }),
];
const isSecond = ({ messages }: Asked) => messages[0]!.content.includes("verdicts");
/** The first is said word for word; of the fee both was said, so the second is in doubt. */
const DECISIONS = [
  { text: "The concert stays free.", from: [2] },
  { text: "There is a fee for the concert.", from: [1, 2] },
];

const decided = async (verdicts: (asked: Asked) => ReturnType<typeof answer>) => {
  const { made, asked } = await run(
    "decisions",
    whole,
    (question) => (isSecond(question) ? verdicts(question) : answer({ decisions: DECISIONS })),
    { utterances, language: "en" },
  );
  return {
    texts: made.result.form === "decisions" ? made.result.decisions.map(({ text }) => text) : [],
    second: asked.filter(isSecond),
  };
};

test("a sentence in doubt is put to the model once more with its lines, and dropped where the model denies it", async () => {
  const { texts, second } = await decided(() => answer({ verdicts: [{ n: 1, holds: false }] }));
  expect(texts).toEqual(["The concert stays free."]);
  expect(second).toHaveLength(1);
  expect(second[0]!.messages[1]!.content).toContain(
    "Statement 1: There is a fee for the concert.\n[1] Анна: We should",
  );
  expect(second[0]!.messages[1]!.content).not.toContain("Statement 2");
});

test("it stays where the model stands by it, or says nothing of use", async () => {
  const all = DECISIONS.map(({ text }) => text);
  expect((await decided(() => answer({ verdicts: [{ n: 1, holds: true }] }))).texts).toEqual(all);
  expect((await decided(() => answer({ verdicts: "many" }))).texts).toEqual(all);
  expect((await decided(() => answer({ verdicts: [{ n: 77, holds: false }] }))).texts).toEqual(all);
});
