import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { expect, onTestFinished, test, vi } from "vitest";
import { stringify } from "yaml";
import { ROOM, DatasetStage } from "../../tests/support/dataset/dataset-stage.ts";
import { DatasetOptions } from "../dataset/options.ts";
import type { Purposes } from "../purposes/purposes.ts";
import { createDatasetSchedule } from "./dataset-schedule.ts";

// Each build is a process of its own, on a machine that may be busy.
const PATIENCE = { timeout: 100_000, interval: 100 };
vi.setConfig({ testTimeout: 240_000 });

/** A service with one target, of which sets are built as the schedule says. */
function scheduled(everyHours: number) {
  const it = new DatasetStage({ at: Date.now() - 86_400_000 });
  const file = join(it.folder, "config.yaml");
  const dataset = { targets: { models: { type: "folder", path: "set", everyHours } } };
  writeFileSync(file, stringify({ database: it.database, speech: { keepAudioDays: 30 }, dataset }));
  const said: string[] = [];
  const hears: Parameters<Purposes["listen"]>[0][] = [];
  const schedule = createDatasetSchedule({
    loaded: { file, config: { dataset: DatasetOptions.parse(dataset) } },
    log: pino({ level: "warn" }, { write: (line: string) => void said.push(line) }),
    meetings: { listen: () => {} },
    purposes: { listen: (listener) => void hears.push(listener) },
    looksEveryMs: 100,
  });
  onTestFinished(async () => {
    await schedule.stop();
    it.close();
  });
  return { it, schedule, said, hears };
}

test("a set is built when it is due, and anew as soon as somebody takes something back", async () => {
  const { it, schedule, said, hears } = scheduled(1_000);
  for (const who of ["ann", "bob"]) it.allow(who);
  it.meeting({
    said: [
      { who: "ann", text: "apples" },
      { who: "bob", text: "pears" },
    ],
  });
  schedule.start();
  await vi.waitUntil(() => existsSync(join(it.place, "CHECKSUMS.sha256")), PATIENCE);
  expect(it.rows()).toHaveLength(2);
  it.takeBack("bob");
  const taken = it.purposeJournal.read(ROOM).at(-1);
  for (const hear of hears) if (taken) hear(ROOM, taken);
  await vi.waitUntil(
    () => it.read("withdrawn.jsonl") !== "" && existsSync(join(it.place, "CHECKSUMS.sha256")),
    PATIENCE,
  );
  expect(it.rows()).toHaveLength(1);
  expect(said).toEqual([]);
});

test("what keeps a set from being built stands in the log", async () => {
  const { it, schedule, said } = scheduled(1);
  writeFileSync(it.place, "a file where the folder should be");
  it.allow("ann");
  it.meeting({ said: [{ who: "ann", text: "apples" }] });
  schedule.start();
  await vi.waitUntil(() => said.some((line) => line.includes("could not be built")), PATIENCE);
  expect(said.join("\n")).toContain(it.place);
});
