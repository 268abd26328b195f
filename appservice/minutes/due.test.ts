import { expect, test } from "vitest";
import { z } from "zod";
import type { MinutesEntry } from "../protocol/meeting-record.ts";
import { due, type Due } from "./due.ts";
import { plugin, type Descriptor } from "./plugin.ts";
import { meeting, record, turn } from "../../tests/support/minutes/meeting.ts";
import { personId } from "../../tests/support/protocol/ids.ts";

function make(id: string, about: Descriptor<z.ZodType>["about"], given: Partial<Descriptor<z.ZodType>> = {}) {
  const result = { form: "note", title: "", text: "" } as const;
  return plugin({
    id,
    about,
    version: "1",
    after: about === "meeting" ? "meeting" : "circle",
    place: 10,
    reads: [],
    options: z.object({}),
    run: async () => ({ result, method: "rules", model: null, prompt: null }),
    ...given,
  });
}

const person = make("person", "participant");
const circle = make("circle", "circle", { reads: ["person"] });
const whole = make("whole", "meeting", { reads: ["circle"] });
const tasks = make("tasks", "meeting", { place: 20 });
const all = [tasks, whole, circle, person];

const named = (list: readonly Due[]) =>
  list.map(({ plugin, about }) =>
    [plugin.id, "circle" in about ? about.circle : "", "participant" in about ? about.participant : ""]
      .filter((part) => part !== "")
      .join(" "),
  );
const made = (id: string, about: MinutesEntry["about"]): MinutesEntry => ({
  about,
  result: { form: "note", title: "", text: "" },
  madeBy: { plugin: id, version: "1", method: "rules", model: null, prompt: null, at: 0 },
});

const turns = [turn(1, 0, personId("@boris:x")), turn(2, 0, personId("@anna:x"))];
const firstDone = meeting({
  circles: meeting().circles.map((each) => ({ ...each, status: each.index === 0 ? "done" : "running" })),
});
const ended = meeting({ ...firstDone, phase: "ended" });
const everyone = turns.map(({ speaker }) => made("person", { kind: "participant", circle: 0, participant: speaker }));

test("nothing is due while the circle runs", () => {
  expect(due(meeting({ circles: [{ ...meeting().circles[0]!, status: "running" }] }), record({ turns }), all)).toEqual(
    [],
  );
});

test("nothing is due while a turn of the circle is still being written down", () => {
  expect(due(firstDone, record({ turns: [turns[0]!, { ...turns[1]!, heard: false }] }), all)).toEqual([]);
});

test("a circle that is over is due person by person in ring order; the circle waits for what it reads", () => {
  expect(named(due(firstDone, record({ turns }), all))).toEqual(["person 0 @anna:x", "person 0 @boris:x"]);
  expect(named(due(firstDone, record({ turns, minutes: everyone }), all))).toEqual(["circle 0"]);
});

test("a circle whose scenario names its plugins has those alone, and the meeting what any circle wants", () => {
  const only = (plugins: string[]) => ({ ...ended, circles: ended.circles.map((each) => ({ ...each, plugins })) });
  expect(named(due(only(["tasks"]), record({ turns }), all))).toEqual(["tasks"]);
  expect(named(due(only([]), record({ turns }), all))).toEqual([]);
});

test("what was given up holds nothing up", () => {
  const failures = [
    { plugin: "person", about: { kind: "participant", circle: 0, participant: personId("@anna:x") } } as const,
  ];
  expect(named(due(firstDone, record({ turns, minutes: everyone.slice(0, 1) }), all, failures))).toEqual(["circle 0"]);
});

test("an unheard turn of the next circle does not hold up this one", () => {
  const running = record({ turns: [...turns, turn(3, 1, personId("@anna:x"), { heard: false })] });
  expect(named(due({ ...firstDone, circle: 1 }, running, all))).toContain("person 0 @boris:x");
});

test("the meeting comes after the last circle, in the order of their places", () => {
  const minutes = [...everyone, made("circle", { kind: "circle", circle: 0 })];
  expect(named(due(firstDone, record({ turns, minutes }), all))).toEqual([]);
  expect(named(due(ended, record({ turns, minutes }), all))).toEqual(["whole", "tasks"]);
  expect(named(due(ended, record({ turns, minutes: everyone }), all))).toEqual(["circle 0", "tasks"]);
});

test("a meeting ended in the middle of a circle ends that circle too", () => {
  const cut = meeting({ phase: "ended", circles: [{ ...meeting().circles[0]!, status: "running" }] });
  expect(named(due(cut, record({ turns }), [person]))).toEqual(["person 0 @anna:x", "person 0 @boris:x"]);
});

test("a plugin that is switched off is not waited for", () => {
  expect(named(due(firstDone, record({ turns }), [circle]))).toEqual(["circle 0"]);
});

test("a meeting in which nobody had the word has no minutes", () => {
  expect(due(ended, record(), all)).toEqual([]);
});

test("who had two turns in a circle is summed up once", () => {
  expect(named(due(firstDone, record({ turns: [...turns, turn(3, 0, personId("@anna:x"))] }), [person]))).toHaveLength(
    2,
  );
});

test("a plugin that runs after each turn is due when the turn is heard, while the circle runs; one about a person at the end", () => {
  const each = make("each", "turn", { after: "turn" });
  const over = make("over", "person", { after: "meeting" });
  const running = meeting({ circles: [{ ...meeting().circles[0]!, status: "running" }] });
  const heard = record({ turns: [turns[0]!, { ...turns[1]!, heard: false }] });
  expect(due(running, heard, [each, over]).map(({ about }) => about)).toEqual([
    { kind: "turn", circle: 0, turn: 1, participant: "@boris:x" },
  ]);
  const twoCircles = record({ turns: [...turns, turn(3, 1, personId("@anna:x"))] });
  expect(named(due(ended, twoCircles, [over]))).toEqual(["over @anna:x", "over @boris:x"]);
});
