import { expect, test } from "vitest";
import { utterance } from "../../../tests/support/minutes/utterance.ts";
import { personId } from "../../../tests/support/protocol/ids.ts";
import { sentencesOf } from "../text/sentences.ts";
import { movesOf } from "./moves.ts";

const people = ["Ann", "Bob", "Cleo"].map((name) => ({ id: personId(name), name }));
/** Lists what each sentence does, and to which: "agreement 0". */
const talk = (...lines: readonly (readonly [who: string, text: string])[]) =>
  movesOf(
    sentencesOf(
      lines.map(([who, text], i) => utterance({ id: `${i + 1}.1`, turn: i + 1, speaker: personId(who), text })),
    ),
    people,
  ).map(({ act, to, open }) => [act, to, open ? "open" : null].filter((each) => each !== null).join(" "));

test("consent and objection that name nobody go to what another proposed just before", () => {
  expect(
    talk(["Ann", "I suggest we meet on Mondays"], ["Bob", "works for me"], ["Cleo", "Mondays is too early"]),
  ).toEqual(["proposal", "agreement 0", "objection 0"]);
  expect(talk(["Ann", "давайте в понедельник"], ["Bob", "я за"], ["Cleo", "я против, мне рано"])).toEqual([
    "proposal",
    "agreement 0",
    "objection 0",
  ]);
});

test("nobody agrees with themselves; a proposal that is long past gives way to what was said just before", () => {
  expect(talk(["Ann", "I suggest we meet on Mondays"], ["Ann", "fine"])).toEqual(["proposal", ""]);
  const since = (["Ann", "Bob", "Ann", "Bob"] as const).map((who) => [who, "The roof was mended in spring"] as const);
  expect(talk(["Ann", "I suggest we meet on Mondays"], ...since, ["Cleo", "I agree"]).at(-1)).toBe("agreement 4");
  expect(talk(["Ann", "I suggest we meet on Mondays"], ...since, ["Cleo", "fine"]).at(-1)).toBe("");
});

test("a reply answers the question before it, unless it says that nobody knows", () => {
  expect(talk(["Ann", "how many chairs do we have"], ["Bob", "about forty"])).toEqual(["question", "answer 0"]);
  expect(talk(["Ann", "а чай нам привезут"], ["Bob", "не знаю"])).toEqual(["question open", ""]);
});

test("a brief reaction is told by its tone, a report of one's own by nothing", () => {
  expect(talk(["Ann", "What if we walk along the river"], ["Bob", "lovely"], ["Cleo", "too far"])).toEqual([
    "proposal",
    "agreement 0",
    "objection 0",
  ]);
  expect(talk(["Ann", "надо бы купить термометр"], ["Bob", "я не успел доделать план на весну"])).toEqual([
    "proposal",
    "",
  ]);
});

test("who is named is agreed with in what they said last, be it no proposal", () => {
  expect(
    talk(
      ["Ann", "a quarter of them come by bike"],
      ["Bob", "the cellar is full of water"],
      ["Cleo", "Bob has a point"],
    ),
  ).toEqual(["", "", "agreement 1"]);
});

test("a better choice objects and is a matter of its own; after the conclusion the matter is closed", () => {
  expect(
    talk(
      ["Ann", "предлагаю повесить розу"],
      ["Bob", "лучше ёлка"],
      ["Cleo", "согласна"],
      ["Ann", "хорошо, тогда вешаем ёлку"],
    ),
  ).toEqual(["proposal", "objection 0", "agreement 1", "conclusion 1"]);
});

test("a request that is granted was no question", () => {
  expect(talk(["Ann", "Bob, can you call the baker?"], ["Bob", "Sure, on Monday."])).toEqual(["question", ""]);
});

test("who gives way agrees with the objection, and what is proposed instead is what people then speak of", () => {
  expect(
    talk(
      ["Ann", "я бы перенёс встречу на март"],
      ["Bob", "ой нет, афиши уже висят"],
      ["Cleo", "хорошо, остаётся в феврале"],
    ),
  ).toEqual(["proposal", "objection 0", "agreement 1"]);
  expect(
    talk(
      ["Ann", "I suggest we put up a sign"],
      ["Bob", "I don't like signs"],
      ["Ann", "then bags for free at every door"],
      ["Cleo", "that makes sense"],
    ),
  ).toEqual(["proposal", "objection 0", "proposal", "agreement 2"]);
});

test("what nobody took up gives place to what is named after it, and consent means that", () => {
  expect(
    talk(
      ["Ann", "I propose we do it in June instead of May"],
      ["Bob", "June is when I'm away"],
      ["Ann", "okay, then the last week of August"],
      ["Cleo", "that works for me"],
    ),
  ).toEqual(["proposal", "", "proposal", "agreement 2"]);
});

test("an objection to a part that welcomes the rest is consent, and what says the same again objects to nothing", () => {
  expect(
    talk(
      ["Ann", "maybe we could meet in the mornings"],
      ["Bob", "I can't do Tuesdays but otherwise mornings are fine"],
    ),
  ).toEqual(["proposal", "agreement 0"]);
  expect(talk(["Ann", "давайте мешки"], ["Bob", "вот это дело"])).toEqual(["proposal", "agreement 0"]);
});

test("consent of somebody who is only told of is nobody's here", () => {
  const proposes = ["Ann", "I suggest we meet on Mondays"] as const;
  expect(talk(proposes, ["Bob", "my boss says she agrees with everything"])).toEqual(["proposal", ""]);
  expect(talk(["Ann", "давайте в понедельник"], ["Bob", "муж говорит, он против"])).toEqual(["proposal", ""]);
  expect(talk(["Ann", "давайте в понедельник"], ["Bob", "Ann дело говорит"]).at(-1)).toBe("agreement 0");
});

test("whoever asked thanks for the answer, and consents to nothing by that", () => {
  const asked = [
    ["Ann", "I suggest we ask the choir"],
    ["Bob", "do they have time for that"],
    ["Cleo", "they offered it"],
  ] as const;
  expect(talk(...asked, ["Bob", "lovely"])).toEqual(["proposal", "question", "answer 1", ""]);
});

test("“exactly” is for what was just said, and not for the proposal before it", () => {
  const turnedDown = [
    ["Ann", "давайте возьмём насос с рук"],
    ["Bob", "насос без гарантии, в мороз страшно"],
  ] as const;
  expect(talk(...turnedDown, ["Cleo", "вот именно"]).at(-1)).toBe("agreement 1");
});

test("somebody, somewhere and what others offer ask nothing, nor does “even better” propose", () => {
  expect(talk(["Ann", "опять кто-то дверь подпирает"], ["Bob", "это курьеры"])).toEqual(["", ""]);
  expect(talk(["Ann", "нам предлагают место у входа или у сцены"], ["Bob", "у входа сквозняк"])).toEqual(["", ""]);
  expect(talk(["Ann", "давайте взрослым триста"], ["Bob", "ещё лучше"])[1]).not.toBe("proposal");
});

test("who asks for a yes to what they claim is agreed with or refused, not answered", () => {
  const claims = ["Ann", "one lamp and lots of light, right?"] as const;
  expect(talk(claims, ["Bob", "right"])[1]).toBe("agreement 0");
  expect(talk(claims, ["Bob", "light is too expensive"])[1]).toBe("objection 0");
  expect(talk(claims, ["Bob", "the lamp stands at the light switch"])[1]).toBe("");
});
