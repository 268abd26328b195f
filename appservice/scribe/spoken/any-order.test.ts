import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "yaml";
import { expect, test } from "vitest";
import { personId } from "../../../tests/support/protocol/ids.ts";
import { anyOrderOf } from "./any-order.ts";
import { compile } from "./compiled.ts";
import { Lexicon } from "./lexicon.ts";
import { segmentsOf } from "./segments-of.ts";

const lexicons = ["en", "ru"].map((language) => {
  const file = resolve(import.meta.dirname, `../../../config/lexicon/${language}.yaml`);
  return compile(Lexicon.parse(parse(readFileSync(file, "utf8"))));
});
const people = [
  { id: personId("@tom:x"), name: "Tom" },
  { id: personId("@vera:x"), name: "Вера" },
];
const heardIn = (text: string, language: "en" | "ru") => segmentsOf(text, { language, people, lexicons });
const commandsIn = (text: string, language: "en" | "ru") =>
  heardIn(text, language).flatMap(({ command }) => (command ? [command] : []));

test.each([
  ["Facilitator, I'm done.", "en", { type: "pass" }],
  ["Let me hand the mic to whoever is next.", "en", { type: "pass" }],
  ["I'd like to, um, hand it over to Tom now.", "en", { type: "give-word", to: "@tom:x" }],
  ["Could you put me at the end of the circle, please?", "en", { type: "skip" }],
  ["Mindminder, could I have another minute?", "en", { type: "extend", seconds: 60 }],
  [
    "Please put down a task for Tom: update the list.",
    "en",
    { type: "task", text: "update the list", owner: "@tom:x" },
  ],
  ["Майндмайндер, слово, пожалуйста, следующему.", "ru", { type: "pass" }],
  ["Больше добавить мне, пожалуй, нечего.", "ru", { type: "pass" }],
  ["Вере я с удовольствием передаю слово.", "ru", { type: "give-word", to: "@vera:x" }],
  ["Можно ко мне вернуться чуть позже?", "ru", { type: "skip" }],
  ["Вере запишите задачу: обновить список.", "ru", { type: "task", text: "обновить список", owner: "@vera:x" }],
] as const)("is heard whatever the order of its words: %s", (text, language, command) =>
  expect(commandsIn(text, language)).toEqual([command]),
);

test.each([
  ["We should hand it over to Tom by Friday.", "en"],
  ["I have nothing else to wear.", "en"],
  ["Ask me later about the party.", "en"],
  ["Agreed, that's a good point.", "en"],
  ["Пропустите этот слайд.", "ru"],
  ["Нам нужно больше времени на тесты.", "ru"],
  ["Мне нечего сказать Вере.", "ru"],
] as const)("a word that does not belong to it makes it speech: %s", (text, language) =>
  expect(commandsIn(text, language)).toEqual([]),
);

test("words before it stay speech", () =>
  expect(heardIn("The numbers are fine. Over to the next speaker, please.", "en").map(({ text }) => text)).toEqual([
    "The numbers are fine.",
    "Over to the next speaker, please.",
  ]));

test("two hundred words of requests take no longer than 100 ms of processor time", () => {
  const text = "I pass the word to the next and ".repeat(24);
  // The least of some runs: the first ones compile, and on a busy machine others wash out the caches.
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 40 && least >= 100; run++) {
    const before = process.threadCpuUsage();
    heardIn(text, "en");
    least = Math.min(least, process.threadCpuUsage(before).user / 1_000);
  }
  expect(least).toBeLessThan(100);
});

test.each(["", "[on|over]", "pass + [on", "pass + {text} + word"])("no group of words: “%s”", (written) =>
  expect(() => anyOrderOf(written, {})).toThrow(/“/),
);
