import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FleetStage, forLong, pieceOf, saying } from "../support/scribe/fleet-stage.ts";
import { startProcess } from "../support/stack/processes.ts";

/** Workers are started and ended one after another. */
const PATIENCE = { timeout: 120_000 };

const PROGRAM = resolve(import.meta.dirname, "../../appservice/cli/mindminder.ts");

let stage: FleetStage;
beforeAll(async () => {
  stage = await FleetStage.open({ cost: 0.25, atStart: 0.25 });
});
afterAll(() => stage?.close());

const there = async () => (await stage.workers()).filter(({ draining }) => !draining);

test("a controller starts workers as speech comes, makes good one that dies, and ends those that nobody needs", async () => {
  const plot = join(stage.dir, "fleet.svg");
  const ways = ["--min", "1", "--max", "3", "--quiet", "3", "--plot", plot];
  const controller = await startProcess({
    name: "The controller",
    command: process.execPath,
    args: [PROGRAM, "fleet", "run", "--config", stage.config({ slots: 1 }), ...ways],
    cwd: stage.dir,
    log: join(stage.dir, "controller.log"),
    ready: async () => (await there()).length === 1,
    drains: true,
  });
  // Starting a worker takes as long as it takes: what they are started for is not done before.
  const finish = stage.engine.hold();
  try {
    const [first] = await there();
    const service = await stage.service();
    await expect.poll(() => service.workers.length).toBe(1);
    const pieces = Array.from({ length: 24 }, (_, at) =>
      service.final(pieceOf(`m00000c${at}`, at), saying(`${at}`, 4), forLong()),
    );
    await expect.poll(async () => (await there()).length, PATIENCE).toBe(3);
    process.kill(first?.pid ?? 0, "SIGKILL");
    finish();
    expect((await Promise.all(pieces)).map(({ text }) => text)).toEqual(Array.from({ length: 24 }, (_, at) => `${at}`));
    await expect.poll(async () => (await there()).map(({ pid }) => pid), PATIENCE).toHaveLength(1);
    expect((await there()).map(({ pid }) => pid)).not.toContain(first?.pid);
  } finally {
    finish();
    await controller.stop();
  }
  expect(readFileSync(plot, "utf8")).toMatch(/^<svg .*<\/svg>$/s);
  await expect.poll(() => stage.workers(), PATIENCE).toEqual([]);
}, 400_000);

test.each([
  [["--min", "3", "--max", "2"], /--max is at least 1 and no less than --min/],
  [["--max", "many"], /are numbers/],
])("bounds that make no sense are refused: %s", (ways, said) => {
  const args = [PROGRAM, "fleet", "run", "--config", stage.config(), ...ways];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", timeout: 60_000 });
  expect({ status, stderr }).toMatchObject({ status: 1, stderr: expect.stringMatching(said) });
});
