import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { LONG } from "../support/stack/long.ts";
import { MatrixPerson, type SeenEvent } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";

/** Meetings of one room are served by the sets of an experiment by turns, and people can see by which. */
const FILE = {
  sets: { "no-tasks": { about: "Tasks are for people alone", plugins: { tasks: false } } },
  experiments: [{ id: "tasks-or-none", between: ["standard", "no-tasks"] }],
};

const dir = mkdtempSync(join(tmpdir(), "mindminder-experiments-"));
let mindminder: Mindminder;
let ann: MatrixPerson;
let room: string;

const isSaying = (text: RegExp) => (event: SeenEvent) =>
  event.sender === mindminder.botId && text.test(String(event.content["body"]));

beforeAll(async () => {
  writeFileSync(join(dir, "experiments.yaml"), stringify(FILE));
  mindminder = await startMindminder({ dir, config: { speech: { engine: "off" }, experiments: "experiments.yaml" } });
  ann = await MatrixPerson.register(mindminder.synapse, "ann");
  room = await roomWithBot(mindminder, ann);
});
afterAll(async () => {
  await ann?.close();
  await mindminder?.stop();
  rmSync(dir, { recursive: true, force: true });
});

const hasGraph = (event: SeenEvent) =>
  event.sender === mindminder.botId && JSON.stringify(event.content).includes("org.mindminder.graph");

async function setOfRunning(): Promise<string> {
  const told = ann.next(room, isSaying(/experiment “tasks-or-none”/), "the set of this meeting");
  await ann.command(room, "!circle status");
  return /set “([a-z-]+)”/.exec(String((await told).content["body"]))?.[1] ?? "";
}

test.runIf(LONG)(
  "two meetings get both sets; a killed service goes on with the same; one without the plugin finds no task",
  async () => {
    const tasksOf = new Map<string, number>();
    for (const milk of ["milk", "bread"]) {
      await ann.joinCircle(room);
      await ann.command(room, "!circle start council the shop");
      const set = await setOfRunning();
      await mindminder.killService();
      await mindminder.startService();
      expect(await setOfRunning()).toBe(set);

      await ann.say(room, `task: buy the ${milk}`);
      const drawn = ann.next(room, hasGraph, "the map, which comes when all else is made");
      await ann.command(room, "!circle end");
      await drawn;
      const isTask = (event: SeenEvent) => isSaying(new RegExp(`☐ buy the ${milk}`, "i"))(event);
      const found = async () => (await ann.history(room)).filter(isTask).length;
      if (set === "standard") await expect.poll(found, { timeout: 60_000 }).toBeGreaterThan(0);
      tasksOf.set(set, await found());
    }
    expect([...tasksOf.keys()].sort()).toEqual(["no-tasks", "standard"]);
    expect(tasksOf.get("standard")).toBeGreaterThan(0);
    expect(tasksOf.get("no-tasks")).toBe(0);
  },
);

test.runIf(LONG)("a file that names an absent plugin keeps the service from starting, and says where", async () => {
  await mindminder.stopService();
  writeFileSync(join(dir, "experiments.yaml"), stringify({ sets: { odd: { plugins: { absent: {} } } } }));
  await expect(mindminder.startService()).rejects.toThrow("sets.odd.plugins.absent: there is no such plugin");
  writeFileSync(join(dir, "experiments.yaml"), stringify(FILE));
});
