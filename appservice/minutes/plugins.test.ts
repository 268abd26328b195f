import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { z } from "zod";
import type { MinutesEntry } from "../protocol/meeting-record.ts";
import { enablePlugins, loadPlugins } from "./registry.ts";
import { createRunner } from "./runner.ts";
import { meeting, record, turn } from "../../tests/support/minutes/meeting.ts";
import { plugins } from "../../tests/support/minutes/run-plugin.ts";
import { utterance } from "../../tests/support/minutes/utterance.ts";
import { personId } from "../../tests/support/protocol/ids.ts";

test("the plugins are found by listing the folder", () => {
  expect(plugins.map((plugin) => plugin.id)).toEqual([
    "circle-summary",
    "meeting-summary",
    "participant-summary",
    "person-summary",
    "decisions",
    "tasks",
    "questions",
    "graph",
    "translation",
  ]);
});

test("a file that is dropped into the folder is a plugin, and one that is none is named", async () => {
  const folder = mkdtempSync(join(tmpdir(), "plugins-"));
  writeFileSync(join(folder, "mine.ts"), 'export default { id: "mine", place: 1, run: async () => {} };');
  expect((await loadPlugins(folder)).map((plugin) => plugin.id)).toEqual(["mine"]);
  writeFileSync(join(folder, "not.ts"), "export default 1;");
  await expect(loadPlugins(folder)).rejects.toThrow(/not\.ts/);
});

test("the plugin that the documentation builds does what it says there", async () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/plugins.md"), "utf8");
  const source = /```ts\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
  expect(source.trim().split("\n").length).toBeLessThanOrEqual(30);
  // Writes it beside the others, as the page says, but out of the service's sight.
  const folder = mkdtempSync(join(import.meta.dirname, "../../tests/support/minutes/plugins-"));
  try {
    writeFileSync(
      join(folder, "figures.ts"),
      source.replace('"../plugin.ts"', '"../../../../appservice/minutes/plugin.ts"'),
    );
    const [found] = await loadPlugins(folder);
    const { enabled, problems } = enablePlugins([found!], { figures: { most: 0, colour: 1 } });
    expect(problems.map(({ key }) => key)).toEqual(["figures.most", "figures"]);
    expect(enabled).toEqual([]);
    const said = [
      utterance({ id: "1.1", text: "Заказов стало больше на 15%, всего 1200 штук." }),
      utterance({
        id: "2.1",
        turn: 2,
        speaker: personId("@sue:x"),
        text: "I need 3 people. And 40 chairs, and 7 tables.",
      }),
    ];
    const made: MinutesEntry[] = [];
    const runner = createRunner({
      pluginSet: () => ({ plugins: enablePlugins([found!], { figures: { most: 2 } }).enabled, llmOf: () => null }),
      onMade: (_, entry) => void made.push(entry),
      onFailed: (_, plugin, __, error) => expect.unreachable(`${plugin}: ${error.message}`),
      log: { warn: () => undefined },
    });
    // The circle runs; the second turn is not all written down yet.
    const running = meeting({ circles: [{ ...meeting().circles[0]!, status: "running" }] });
    const turns = [turn(1, 0, personId("@anna:x")), turn(2, 0, personId("@sue:x"), { heard: false })];
    runner.project(running, record({ utterances: said, turns }));
    await runner.idle();
    expect(made.map(({ result }) => result)).toEqual([{ form: "note", title: "Числа", text: "15%\n1200 штук" }]);
    runner.project(
      running,
      record({ utterances: said, turns: turns.map((each) => ({ ...each, heard: true })), minutes: made.slice() }),
    );
    await runner.idle();
    expect(
      made.map(({ about, result }) => [about.kind === "turn" && about.turn, result.form === "note" && result.text]),
    ).toEqual([
      [1, "15%\n1200 штук"],
      [2, "3 people\n40 chairs"],
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("wrong options are all named at once, false switches a plugin off", () => {
  const { enabled, problems } = enablePlugins(plugins, {
    grapes: {},
    tasks: { timeZone: "Mars/North" },
    "participant-summary": { sentences: 0, colour: 1 },
    "circle-summary": false,
  });
  expect(problems.map((problem) => problem.key)).toEqual([
    "grapes",
    "participant-summary.sentences",
    "participant-summary",
    "tasks.timeZone",
  ]);
  expect(enabled.map(({ plugin }) => plugin.id)).toEqual([
    "meeting-summary",
    "person-summary",
    "decisions",
    "questions",
    "graph",
    "translation",
  ]);
});

test("every option says what it is", () => {
  for (const { options } of plugins)
    for (const field of Object.values((options as z.ZodObject).shape))
      expect((field as z.ZodType).description).toBeTruthy();
});
