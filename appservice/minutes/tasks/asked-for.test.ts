import { describe, expect, test } from "vitest";
import { utterance } from "../../../tests/support/minutes/utterance.ts";
import { personId } from "../../../tests/support/protocol/ids.ts";
import { findTasks } from "./find-tasks.ts";

const PEOPLE = ["Anna", "Ben", "Carol", "Оля", "Игорь", "Павел"].map((name) => ({ id: personId(`@${name}:x`), name }));

/** Finds the tasks in a talk of lines "Name: words" on Monday, 23 November 2026. */
function tasksIn(...lines: readonly string[]): string[] {
  const utterances = lines.map((line, i) => {
    const [name, text] = line.split(": ");
    return utterance({ id: `${i + 1}.1`, turn: i + 1, speaker: personId(`@${name}:x`), text: text! });
  });
  return findTasks({ utterances, people: PEOPLE, timeZone: "UTC" }).map(
    ({ title, owner, due }) => `${title} | ${owner?.slice(1, -2) ?? "-"} | ${due ?? "-"}`,
  );
}

describe("what somebody is asked by name is theirs, in a question too", () => {
  test.each([
    [
      "Anna: Ben, could you send the list to the printers by Thursday?",
      "Send the list to the printers | Ben | 2026-11-26",
    ],
    ["Anna: ben can you please check the fire exits", "Check the fire exits | Ben | -"],
    ["Anna: could you print the posters, Ben?", "Print the posters | Ben | -"],
    ["Anna: Ben please send me the keys", "Send me the keys | Ben | -"],
    ["Игорь: Оля, сможешь прислать смету к среде?", "Прислать смету | Оля | 2026-11-25"],
    ["Игорь: оля а ты не могла бы позвонить в типографию", "Позвонить в типографию | Оля | -"],
    ["Игорь: Павел покрась пожалуйста лавочки", "Покрась лавочки | Павел | -"],
  ])("%s", (line, task) => expect(tasksIn(line)).toEqual([task]));
});

describe("who takes on what another asked for owns it, in the asker's words", () => {
  test.each([
    [["Anna: somebody has to order the chairs", "Ben: I can do that"], "Order the chairs | Ben | -"],
    [["Anna: who can drive the van on friday", "Ben: on it"], "Drive the van | Ben | 2026-11-27"],
    [["Anna: We should repair the gate.", "Ben: leave it to me"], "Repair the gate | Ben | -"],
    [
      ["Anna: Ben, can you ask the council about the lights?", "Ben: Sure, I'll ask them on Friday."],
      "Ask the council about the lights | Ben | 2026-11-27",
    ],
    [
      ["Anna: Ben could you send the invoice", "Ben: sorry I'm away all week", "Carol: I'll do it on Wednesday"],
      "Send the invoice | Carol | 2026-11-25",
    ],
    [["Оля: надо бы обновить афишу", "Игорь: давайте я"], "Обновить афишу | Игорь | -"],
    [["Оля: кто возьмёт ключи от зала", "Павел: беру"], "Взять ключи от зала | Павел | -"],
    [["Оля: Павел, ты починишь калитку?", "Павел: да, в субботу"], "Починить калитку | Павел | 2026-11-28"],
    [
      ["Оля: Игорь найди ещё одного ведущего", "Игорь: ладно, спрошу послезавтра"],
      "Найти ещё одного ведущего | Игорь | 2026-11-25",
    ],
  ])("%s", (lines, task) => expect(tasksIn(...lines)).toEqual([task]));
});

test.each([
  [["Anna: should we paint the fence", "Ben: yes good idea"]],
  [["Anna: Ben what do you think", "Ben: fine"]],
  [["Anna: Ben can you hear me", "Ben: yes"]],
  [["Anna: we need to sell the old van", "Ben: agreed"]],
  [["Anna: Ben could you call the vicar", "Ben: I already called him"]],
  [["Оля: Игорь, позвони в типографию.", "Игорь: уже позвонил вчера"]],
  [["Оля: Игорь, ты пришлёшь смету?", "Игорь: нет"]],
  [["Оля: нужно собрать деньги", "Павел: согласен"]],
  [["Павел: опоздаю завтра на час"]],
  [["Оля: погоду на среду обещают хорошую"]],
])("nobody has taken on anything: %s", (lines) => expect(tasksIn(...lines)).toEqual([]));

test.each([
  ["Ben: I'll turn them into one short help page", "Turn them into one short help page | Ben | -"],
  ["Павел: перепечатаю список до четверга", "Перепечатать список | Павел | 2026-11-26"],
  ["Оля: я вышью скатерть", "Вышить скатерть | Оля | -"],
  ["Оля: я делаю наклейки, будут готовы к пятнице", "Делать наклейки | Оля | 2026-11-27"],
  ["Оля: с меня договор со спонсором", "Договор со спонсором | Оля | -"],
])("verbs are known by their endings and objects: %s", (line, task) => expect(tasksIn(line)).toEqual([task]));

test("a title holds twelve words at most and none that the task keeps beside it", () => {
  const said =
    "Ben: um I'll please write to all the people who came in spring and to those who did not come by next Friday evening";
  expect(tasksIn(said)).toEqual(["Write to all the people who came in spring and to those | Ben | 2026-12-04"]);
});
