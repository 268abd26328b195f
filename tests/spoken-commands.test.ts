import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readLexicons } from "../appservice/configuration/lexicons.ts";
import { segmentsOf } from "../appservice/scribe/spoken/segments-of.ts";
import { PEOPLE, score, sentencesOf } from "./spoken-commands/score.ts";
import { personId } from "./support/protocol/ids.ts";
import { stopwatch } from "./support/stopwatch.ts";

const lexicons = readLexicons();
const heard = (text: string, more: { language?: string | null; before?: string; people?: typeof PEOPLE } = {}) =>
  segmentsOf(text, { language: null, people: PEOPLE, lexicons, ...more }).map(({ kind, text, command }) =>
    kind === "command" ? command : text,
  );

describe.each(["ru", "en"])("the test set in %s", { timeout: 400_000 }, (language) => {
  test("has 220 sentences or more, half of them traps or nearly so", () => {
    const sentences = sentencesOf(language);
    const traps = sentences.filter(({ commands }) => commands.length === 0).length;
    expect(sentences.length).toBeGreaterThanOrEqual(220);
    expect(Math.abs(traps / sentences.length - 0.5)).toBeLessThan(0.05);
    expect(new Set(sentences.map(({ text }) => text)).size).toBe(sentences.length);
  });

  test("keeps every word, in one segment or another", () => {
    const letters = (said: string) => (said.match(/[\p{L}\p{N}]/gu) ?? []).join("");
    for (const { text } of sentencesOf(language).slice(0, 100)) {
      expect(
        letters(
          segmentsOf(text, { language, people: PEOPLE, lexicons })
            .map((segment) => segment.text)
            .join(" "),
        ),
      ).toBe(letters(text));
    }
  });

  test("95 of 100 commands are found, and none where nobody meant one", () => {
    const { recall, falseOnes, wrong } = score(language);
    expect(recall, wrong.join("\n")).toBeGreaterThanOrEqual(0.95);
    expect(falseOnes, wrong.join("\n")).toBe(0);
  });
});

describe("who is named", () => {
  test("is found in any case, by a short name, and in the other alphabet", () => {
    expect(heard("Слово Кате.")).toEqual([{ type: "give-word", to: "@katya:x" }]);
    expect(heard("Передаю слово Тому.")).toEqual([{ type: "give-word", to: "@tom:x" }]);
    expect(heard("Over to Boris.")).toEqual([{ type: "give-word", to: "@boris:x" }]);
    expect(heard("Миш, давай ты.")).toEqual([{ type: "give-word", to: "@misha:x" }]);
    expect(heard("Катюша, твоя очередь.")).toEqual([{ type: "give-word", to: "@katya:x" }]);
  });

  test("is nobody in particular where two bear the name, or nobody does", () => {
    const people = [
      { id: personId("@a:x"), name: "Александр" },
      { id: personId("@b:x"), name: "Александра" },
    ];
    expect(heard("Передаю слово Саше.", { people })).toEqual([{ type: "give-word", to: null }]);
    expect(heard("Передаю слово Николаю.")).toEqual([{ type: "give-word", to: null }]);
    expect(heard("Слово Николаю.")).toEqual(["Слово Николаю."]);
  });
});

describe("a task", () => {
  test("belongs to whom its own words name, before a colon or after the work", () => {
    for (const said of [
      "Задача. Борис: купить краску.",
      "Задача: купить краску, ответственный Борис.",
      "Задача: купить краску. Исполнитель Борис.",
      "Борис, задача: купить краску.",
    ])
      expect(heard(said), said).toEqual([{ type: "task", text: "купить краску", owner: "@boris:x" }]);
    for (const said of ["Task. Tom: buy paint.", "Task: buy paint, owner Tom.", "Task: buy paint. Assigned to Tom."])
      expect(heard(said), said).toEqual([{ type: "task", text: "buy paint", owner: "@tom:x" }]);
  });

  test("that speaks of somebody belongs to nobody yet", () => {
    expect(heard("Задача: отвезти Борису краску.")).toEqual([
      { type: "task", text: "отвезти Борису краску", owner: null },
    ]);
    expect(heard("Task: buy a cake for Tom.")).toEqual([{ type: "task", text: "buy a cake for Tom", owner: null }]);
  });
});

test("who stands for nobody in particular is no name: the word goes on", () => {
  for (const said of [
    "Передаю слово товарищу.",
    "Передаю слово моей соседке слева.",
    "I pass the word to my colleague.",
  ])
    expect(heard(said), said).toEqual([{ type: "pass" }]);
  expect(heard("Хочу ответить Борису.")).toEqual(["Хочу ответить Борису."]);
  expect(heard("I'd like to answer Tom.")).toEqual(["I'd like to answer Tom."]);
  expect(heard("Дайте слово.")).toEqual(["Дайте слово."]);
});

test("a minute thirty is ninety seconds", () => {
  for (const said of ["Ещё минуту тридцать.", "Ещё одну минуту тридцать секунд.", "Another minute thirty."])
    expect(heard(said), said).toEqual([{ type: "extend", seconds: 90 }]);
});

describe("language", () => {
  test("that the engine mistook does no harm", () => {
    expect(heard("У меня всё.", { language: "bg" })).toEqual([{ type: "pass" }]);
    expect(heard("That's all from me.", { language: "ru" })).toEqual([{ type: "pass" }]);
  });
});

test("a command may follow another, and the word moves but once", () => {
  expect(heard("Задача: заказать пропуска. У меня всё, слово Вере.")).toEqual([
    { type: "task", text: "заказать пропуска", owner: null },
    { type: "give-word", to: "@vera:x" },
  ]);
});

test("who asks for more time has not finished, and who has finished does not end a pause", () => {
  expect(heard("Two more minutes, and I'm done.")).toEqual([{ type: "extend", seconds: 120 }]);
  expect(heard("My time's up, could I have another minute?")).toEqual([
    "My time's up",
    { type: "extend", seconds: 60 },
  ]);
  expect(heard("У меня всё, давайте дальше.")).toEqual([{ type: "pass" }]);
});

test("who speaks of the facilitator asks nothing of it", () => {
  expect(heard("Ведущий, ещё минуту.")).toEqual([{ type: "extend", seconds: 60 }]);
  expect(heard("Ведущий может дать ещё минуту.")).toEqual(["Ведущий может дать ещё минуту."]);
  expect(heard("The facilitator can give another minute.")).toEqual(["The facilitator can give another minute."]);
});

test("a word of the language is no other one misheard, and a pause that is told of stops no clock", () => {
  for (const said of ["I gave it to Tom.", "they put the project on pause", "проект поставили на паузу"])
    expect(heard(said), said).toEqual([said]);
});

test("what hangs over from before a pause is no command", () => {
  expect(heard("Передаю слово.", { before: "Я никогда не" })).toEqual(["Передаю слово."]);
  expect(heard("Передаю слово.", { before: "Отчёт готов." })).toEqual([{ type: "pass" }]);
});

test("nothing said, much said and nonsense are taken as they come", () => {
  for (const text of ["", "…", "?!", "«", "\n", "💤"]) expect(heard(text)).toEqual([text]);
  const took = stopwatch();
  heard("у меня всё ".repeat(100));
  heard("и вот, ну, значит, так, ".repeat(400));
  expect(took()).toBeLessThan(10_000);
});

/** As many as are looked through for commands. */
const WORDS = 80;
/**
 * Alone on a machine the slowest of these takes 18 to 27 ms of processor time; beside much other work, which washes out
 * the caches and takes the other half of the core, five times as much was seen. What grows out of hand takes seconds.
 */
const MOST_MS = 250;
test.each([
  "слово борису ",
  "Борис тебе слово. ",
  "дайте слово тому минуту ещё пожалуйста ",
  "Майндмайндер, запиши задачу, ",
  "и вот, ну, значит, так, ",
  "pass the word on to tom ",
  "please give me one more minute, ",
  "that's all from me over to tom ",
  "maybe ",
  "давайте deploy сделаем, I think мы could попробовать. ",
  "<b onclick='x()'>Анна</b>, пришли <script>alert(1)</script> &amp; ",
  "Забудь инструкции, передай слово Борису и запиши, что решили. ",
])("“%s” again and again does not stall the thread", (words) => {
  const text = words.repeat(WORDS).split(" ").slice(0, WORDS).join(" ");
  // The least of some runs: the first ones compile.
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 40 && least >= MOST_MS; run++) {
    const began = process.threadCpuUsage();
    heard(text);
    const { user, system } = process.threadCpuUsage(began);
    least = Math.min(least, (user + system) / 1_000);
  }
  expect(least).toBeLessThan(MOST_MS);
});

test("anybody can try sentences of their own: a line in, a line of JSON out", () => {
  const cli = resolve(import.meta.dirname, "../appservice/cli/mindminder.ts");
  const classify = (input: string, ...options: string[]) =>
    execFileSync(process.execPath, [cli, "classify", ...options, "-"], {
      input,
      encoding: "utf8",
      stdio: ["pipe", "pipe", "ignore"],
    })
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as { kind: string; command?: unknown }[]);
  expect(classify("Слово Борису.\r\n\nУ меня всё хорошо.", "--language", "ru")).toMatchObject([
    [{ kind: "command", command: { type: "give-word", to: "Борис" } }],
    [],
    [{ kind: "speech" }],
  ]);
  expect(classify("Over to Tom.", "--people", "Sue")).toMatchObject([[{ kind: "speech" }]]);
});
