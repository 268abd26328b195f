import { expect, test } from "vitest";
import { type Asked, leans, type Reply, says } from "../../../tests/support/minutes/chat-server.ts";
import { answer, run, whole } from "../../../tests/support/minutes/run-plugin.ts";
import { utterance } from "../../../tests/support/minutes/utterance.ts";
import { personId } from "../../../tests/support/protocol/ids.ts";

const utterances = [
  utterance({ id: "1.1", text: "We should charge a fee for the concert." }),
  utterance({
    id: "2.1",
    turn: 2,
    speaker: personId("@boris:x"),
    text: "People expect no fee, so the concert stays free.",
  }),
];
const isSecond = ({ messages }: Asked) => messages.at(-1)!.content.includes("Yes or No");
/** The first is said word for word; of the fee both was said, so the second is in doubt. */
const DECISIONS = [
  { text: "The concert stays free.", from: [2] },
  { text: "There is a fee for the concert.", from: [1, 2] },
];
const ALL = DECISIONS.map(({ text }) => text);

const decided = async (second: (asked: Asked) => Reply) => {
  const { made, asked } = await run(
    "decisions",
    whole,
    (question) => (isSecond(question) ? second(question) : answer({ decisions: DECISIONS })),
    { utterances, language: "en" },
  );
  return {
    texts: made.result.form === "decisions" ? made.result.decisions.map(({ text }) => text) : [],
    second: asked.filter(isSecond),
  };
};

test("a sentence in doubt is put to the model once more with its lines, and dropped where it would clearly say no", async () => {
  const { texts, second } = await decided((asked) => leans(0.1, asked));
  expect(texts).toEqual(["The concert stays free."]);
  expect(second).toHaveLength(1);
  const question = second[0]!.messages.at(-1)!.content;
  expect(question).toContain("Анна: We should charge a fee");
  expect(question).toContain("Sentence: There is a fee for the concert.");
  expect(question).not.toContain("Sentence: The concert stays free.");
});

test("it stays where the model stands by it, or hardly prefers no to yes", async () => {
  expect((await decided((asked) => leans(0.9, asked))).texts).toEqual(ALL);
  expect((await decided((asked) => leans(0.4, asked))).texts).toEqual(ALL);
});

test("a server that refuses to tell probabilities is asked for its word alone, and not again for more", async () => {
  const refusing = (word: string) => (asked: Asked) =>
    asked.logprobs ? { status: 400, body: { error: { message: "logprobs are not supported" } } } : says(word);
  const no = await decided(refusing("No."));
  expect(no.texts).toEqual(["The concert stays free."]);
  expect(no.second.map(({ logprobs = false }) => logprobs)).toEqual([true, false]);
  expect((await decided(refusing("\nYes, they do"))).texts).toEqual(ALL);
});

test("without an answer that says either, it stays", async () => {
  expect((await decided(() => says("It depends."))).texts).toEqual(ALL);
  expect((await decided(() => ({ status: 403, body: { error: { message: "no" } } }))).texts).toEqual(ALL);
  expect((await decided(() => ({ status: 200, body: { nothing: "of use" } }))).texts).toEqual(ALL);
});
