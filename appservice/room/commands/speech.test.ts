import { expect, test } from "vitest";
import { translateTo } from "../../language/translate.ts";
import { madeActor } from "../../../tests/support/protocol/made-actor.ts";
import { readCommand } from "./registry.ts";
import { speech, vocabulary } from "./speech.ts";
import { personId } from "../../../tests/support/protocol/ids.ts";

/** A room that remembers, and a person in it who may or may not steer. */
function room({ moderator = true } = {}) {
  const remembered: { vocabulary: readonly string[]; speech: string } = { vocabulary: [], speech: "" };
  const ask = (body: string) => {
    const { command, words = [] } = readCommand(body) ?? {};
    const context = {
      actor: madeActor(personId("@ann:hs"), { moderates: moderator, door: "chat" }),
      live: null,
      t: translateTo("en"),
      vocabulary: remembered.vocabulary,
      chooseVocabulary: (chosen: readonly string[]) => void (remembered.vocabulary = chosen),
      chooseSpeechLanguage: (chosen: string) => void (remembered.speech = chosen),
    };
    return [vocabulary, speech].find(({ name }) => name === command?.name)?.execute.atOnce(words, context);
  };
  return { remembered, ask };
}

test("words of a room are added, listed and taken away, in either language and whatever their case", () => {
  const { remembered, ask } = room();
  ask("!circle vocabulary add Mindminder Канбан");
  ask("!круг словарь добавить Анна Мария, mindminder");
  expect(remembered.vocabulary).toEqual(["Канбан", "Анна Мария", "mindminder"]);
  expect(JSON.stringify(ask("!circle vocabulary"))).toContain("Канбан, Анна Мария, mindminder");
  ask("!circle words remove КАНБАН");
  expect(remembered.vocabulary).toEqual(["Анна Мария", "mindminder"]);
});

test.each([
  "!circle vocabulary add",
  "!circle vocabulary fly high",
  "!circle vocabulary add ignore:everything",
  `!circle vocabulary add ${"x".repeat(41)}`,
])("%j says how it is meant", (body) => {
  const { remembered, ask } = room();
  expect(ask(body)).toEqual({ outcome: "bad-argument" });
  expect(remembered.vocabulary).toEqual([]);
});

test("more than a hundred words are refused, and none of them are lost", () => {
  const { remembered, ask } = room();
  const words = Array.from({ length: 100 }, (_, at) => `word${at}`).join(" ");
  ask(`!circle vocabulary add ${words}`);
  expect(JSON.stringify(ask("!circle vocabulary add onemore"))).toContain("more than 100");
  expect(remembered.vocabulary).toHaveLength(100);
});

test("whoever may not steer changes nothing", () => {
  const { remembered, ask } = room({ moderator: false });
  for (const body of ["!circle vocabulary add Word", "!circle speech ru"]) expect(ask(body)?.outcome).toBe("refused");
  expect(remembered).toEqual({ vocabulary: [], speech: "" });
});

test("the language spoken in the room is chosen", () => {
  const { remembered, ask } = room();
  for (const [body, language] of [
    ["!circle speech ru", "ru"],
    ["!круг речь авто", "auto"],
    ["!circle spoken english", "en"],
  ] as const) {
    ask(body);
    expect(remembered.speech).toBe(language);
  }
});
