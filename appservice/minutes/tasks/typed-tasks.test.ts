import { expect, test } from "vitest";
import type { Comment } from "../../protocol/meeting-record.ts";
import { typedTasks } from "./typed-tasks.ts";

const people = [{ id: "@anna:x", name: "Анна" }, { id: "@sue:x", name: "Sue" }];
const ground = { utterances: [], people, timeZone: "UTC" };
const comment = (text: string): Comment => ({ id: "$1", circle: 0, turn: null, who: "@sue:x", name: "Sue", at: Date.parse("2026-11-23T12:00:00Z"), text });
const tasks = (text: string) => typedTasks([comment(text)], ground).map(({ title, owner, due, status, from }) => ({ title, owner, due, status, from }));

test("a task that was typed as one is marked by whoever typed it", () => {
  expect(tasks("task: Sue, book the hall by Friday")).toMatchObject([{ owner: "@sue:x", due: "2026-11-27", status: "open", from: ["$1"] }]);
  expect(tasks("Задача: Анна, заказать зал")).toMatchObject([{ owner: "@anna:x", status: "open" }]);
});

test("what is merely mentioned is none", () => {
  expect(tasks("I will bring the tea tomorrow")).toEqual([]);
  expect(tasks("what was the task again?")).toEqual([]);
});
