import { expect, test } from "vitest";
import type { MinutesEntry } from "../protocol/meeting-record.ts";
import { enablePlugins, loadPlugins } from "./registry.ts";
import { createRunner } from "./runner.ts";
import { council } from "../../tests/support/minutes/council.ts";
import { printed } from "../../tests/support/minutes/printed.ts";

test("the minutes of a council of seven in two languages read as they should", async () => {
  const { meeting, record } = council();
  const { enabled } = enablePlugins(await loadPlugins(), { tasks: { timeZone: "UTC" } });
  const made: MinutesEntry[] = [];
  const runner = createRunner({
    pluginSet: () => ({ plugins: enabled, llmOf: () => null }),
    onMade: (_, entry) => void made.push(entry),
    onFailed: (_, plugin, __, error) => expect.unreachable(`${plugin}: ${error.message}`),
    log: { warn: () => {} },
  });
  runner.project(meeting, record);
  await runner.idle();
  // People read this text: look at a change as one of them before taking it over with `vitest -u`.
  await expect(`${printed(made, meeting, record)}\n`).toMatchFileSnapshot(
    "../../tests/support/minutes/council-minutes.golden.txt",
  );
});
