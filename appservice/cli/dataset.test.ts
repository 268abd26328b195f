import { spawn, spawnSync } from "node:child_process";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { once } from "node:events";
import { expect, onTestFinished, test, vi } from "vitest";
import { stringify } from "yaml";
import { DatasetStage, ROOM } from "../../tests/support/dataset/dataset-stage.ts";
import { Accesses } from "../store/accesses.ts";

const PROGRAM = join(import.meta.dirname, "mindminder.mjs");

/** A service's folder with meetings in it, whose sound is as new as the machine's clock has it. */
function place() {
  const it = new DatasetStage({ at: Date.now() - 86_400_000 });
  onTestFinished(() => it.close());
  const config = join(it.folder, "config.yaml");
  const targets = {
    models: { type: "folder", path: "sets/models" },
    open: { type: "folder", path: "p", purpose: "publish" },
  };
  writeFileSync(config, stringify({ database: it.database, speech: { keepAudioDays: 30 }, dataset: { targets } }));
  const args = (...given: string[]) => [PROGRAM, "dataset", ...given, "--config", config];
  const run = (...given: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, args(...given), {
      cwd: it.folder,
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  };
  return { it, run, args, config };
}

test("a set of the configuration is built by its name, verified, and refuses nothing but what is wrong with it", () => {
  const { it, run } = place();
  it.allow("ann");
  const meeting = it.meeting({
    said: [
      { who: "ann", text: "apples" },
      { who: "bob", text: "pears" },
    ],
  });
  const built = run("build", "models");
  expect(built).toMatchObject({ status: 0, stderr: "" });
  expect(built.stdout).toMatch(
    /version 1\.0\.0, 1 pieces, 0\.0 minutes of speech; 0 taken out\.\nNot in it: not-allowed 1\./,
  );
  expect(run("verify", "models")).toMatchObject({ status: 0, stderr: "" });
  expect(new Accesses(it.db).of(ROOM)).toMatchObject([{ meeting, who: null, door: "admin", what: "export" }]);
  const [sound = ""] = globSync("sets/models/asr/train/audio/*.flac", { cwd: it.folder });
  const bytes = readFileSync(join(it.folder, sound));
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  writeFileSync(join(it.folder, sound), bytes);
  const changed = run("verify", "models");
  expect([changed.status, changed.stderr]).toEqual([
    1,
    expect.stringContaining("is another than the one that was built"),
  ]);
});

test("wrong targets and purposes are named with what there is", () => {
  const { it, run } = place();
  it.meeting({ said: [{ who: "ann", text: "apples" }] });
  expect(run("build", "modles")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("There are: models, open."),
  });
  expect(run("build", "./x", "--purpose", "profit").stderr).toContain("There are: improve, publish.");
  expect(run("build", "models", "--purpose", "publish").stderr).toContain("is for the purpose “improve”");
  expect(existsSync(join(it.folder, "x"))).toBe(false);
});

test("a build that is told to stop ends by itself, and the next one goes on", async () => {
  const { it, run, args } = place();
  it.allow("ann");
  it.meeting({ said: Array.from({ length: 400 }, (_, n) => ({ who: "ann", text: `apple ${n}`, seconds: 1 })) });
  const child = spawn(process.execPath, args("build", "./set"), {
    cwd: it.folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const first = join(it.folder, "set/asr");
  await vi.waitUntil(() => existsSync(first) || child.exitCode !== null, { timeout: 120_000, interval: 5 });
  child.kill("SIGINT");
  const [code] = await once(child, "exit");
  // On a quick machine it may be through already.
  expect([0, 1]).toContain(code);
  expect(run("build", "./set")).toMatchObject({ status: 0, stdout: expect.stringContaining("400 pieces") });
  expect(run("verify", "./set").status).toBe(0);
  expect(globSync("datasets/building-*", { cwd: it.folder })).toEqual([]);
});
