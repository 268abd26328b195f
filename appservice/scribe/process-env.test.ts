import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { processEnv } from "./process-env.ts";

const watched = { ...process.env, WATCH_REPORT_DEPENDENCIES: "1" };
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mindminder-env-"));
  writeFileSync(join(folder, "child.mjs"), 'import "./other.mjs"; process.send("ready", () => process.exit());');
  writeFileSync(join(folder, "other.mjs"), "export {};");
});
afterAll(() => rmSync(folder, { recursive: true }));

/** All that a process says which loads two files. */
async function saidIn(env: NodeJS.ProcessEnv): Promise<unknown[]> {
  const child = fork(join(folder, "child.mjs"), { env, execArgv: [] });
  const said: unknown[] = [];
  child.on("message", (message) => said.push(message));
  await once(child, "close");
  return said;
}

test("under Node's watch mode the service hears of the scribe alone, not of the files it loads", async () => {
  expect(await saidIn(watched)).toContainEqual({ "watch:import": [expect.stringContaining("other.mjs")] });
  expect(await saidIn(processEnv(watched))).toEqual(["ready"]);
});
