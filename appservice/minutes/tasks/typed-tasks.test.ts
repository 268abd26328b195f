import { expect, test } from "vitest";
import type { Comment } from "../../protocol/meeting-record.ts";
import { typedTasks } from "./typed-tasks.ts";
import { personId } from "../../../tests/support/protocol/ids.ts";

const people = [
  { id: personId("@anna:x"), name: "Анна" },
  { id: personId("@sue:x"), name: "Sue" },
];
const ground = { utterances: [], people, timeZone: "UTC" };
const comment = (text: string): Comment => ({
  id: "$1",
  circle: 0,
  turn: null,
  who: personId("@sue:x"),
  name: "Sue",
  at: Date.parse("2026-11-23T12:00:00Z"),
  text,
});
const tasks = (text: string) =>
  typedTasks([comment(text)], ground).map(({ title, owner, due, status, from }) => ({
    title,
    owner,
    due,
    status,
    from,
  }));

test("a task that was typed as one is marked by whoever typed it", () => {
  expect(tasks("task: Sue, book the hall by Friday")).toMatchObject([
    { owner: "@sue:x", due: "2026-11-27", status: "open", from: ["$1"] },
  ]);
  expect(tasks("Задача: Анна, заказать зал")).toMatchObject([{ owner: "@anna:x", status: "open" }]);
});

test("what is merely mentioned is none", () => {
  expect(tasks("I will bring the tea tomorrow")).toEqual([]);
  expect(tasks("what was the task again?")).toEqual([]);
});

const read = (text: string) => typedTasks([comment(text)], ground).map(({ title, due }) => [title, due]);

test.each([
  [
    "task: read https://example.org/plan?id=3 by Friday",
    [["Read https://example.org/plan?id=3 by Friday", "2026-11-27"]],
  ],
  ["task: read https://example.org/why! by Friday", [["Read https://example.org/why! by Friday", "2026-11-27"]]],
  ["task: answer https://example.org/x?", [["Answer https://example.org/x?", null]]],
  [
    "задача: прочитать https://пример.рф/план?до=пятницы; к среде",
    [["Прочитать https://пример.рф/план?до=пятницы; к среде", "2026-11-25"]],
  ],
  [
    "task: look at example.org/a.b?c=1.12 (and https://a.b/c_(d)) by Tuesday",
    [["Look at example.org/a.b?c=1.12 (and https://a.b/c_(d)) by Tuesday", "2026-11-24"]],
  ],
] as const)("a link is a part of its task: %s", (text, found) => expect(read(text)).toEqual(found));

test.each([
  [
    "task: water the roofs by Friday\ntask: buy tea by Tuesday",
    [
      ["Water the roofs by Friday", "2026-11-27"],
      ["Buy tea by Tuesday", "2026-11-24"],
    ],
  ],
  [
    "- задача: полить крыши к пятнице\n- задача: купить чай ко вторнику",
    [
      ["Полить крыши к пятнице", "2026-11-27"],
      ["Купить чай ко вторнику", "2026-11-24"],
    ],
  ],
  [
    "Tasks:\n1. water the roofs\n2. buy tea by Tuesday\n\nsee you",
    [
      ["Water the roofs", null],
      ["Buy tea by Tuesday", "2026-11-24"],
    ],
  ],
  [
    "**Задачи:**\n- [ ] полить крыши\n- [x] купить чай",
    [
      ["Полить крыши", null],
      ["Купить чай", null],
    ],
  ],
  [
    "task: water the roofs. task: buy tea",
    [
      ["Water the roofs", null],
      ["Buy tea", null],
    ],
  ],
] as const)("each line is a task of its own: %s", (text, found) => expect(read(text)).toEqual(found));
