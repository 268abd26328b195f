import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../store/database.ts";

const PROGRAM = join(import.meta.dirname, "mindminder.mjs");

function scene() {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-full-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "config.yaml"), JSON.stringify({ database: "state/mindminder.db" }));
  mkdirSync(join(folder, "state"));
  const db = openDatabase(join(folder, "state/mindminder.db"));
  db.prepare("INSERT INTO meetings (id, room, started) VALUES ('mmeeting0001', '!room:example.org', 0)").run();
  db.close();
  /** `room`: as if there were no more than so many kilobytes for a file. */
  const run = (room: number | null, ...args: string[]) => {
    const command = [process.execPath, PROGRAM, ...args, "--config", join(folder, "config.yaml")];
    const { status, stderr } =
      room === null
        ? spawnSync(command[0]!, command.slice(1), { encoding: "utf8" })
        : spawnSync("bash", ["-c", `ulimit -f ${room}; exec "$@"`, "bash", ...command], { encoding: "utf8" });
    return { status, stderr };
  };
  return { folder, run, state: () => readdirSync(join(folder, "state")).sort() };
}

const inWords = {
  status: 1,
  stderr: expect.stringMatching(
    /^[^\n]*(?:no space is left on the disk|there is space on its disk)[^\n]*\n$/,
  ) as string,
};

test("a backup for which there is no space says so, and leaves nothing that would stand in the way of the next", () => {
  const { folder, run } = scene();
  const to = join(folder, "backup");
  expect(run(40, "backup", to)).toEqual(inWords);
  expect(readdirSync(folder)).not.toContain("backup");
  mkdirSync(to);
  expect(run(40, "backup", to)).toEqual(inWords);
  expect(run(null, "backup", to)).toEqual({ status: 0, stderr: "" });
});

test("a restore for which there is no space changes nothing, and says so", () => {
  const { folder, run, state } = scene();
  expect(run(null, "backup", join(folder, "backup")).status).toBe(0);
  const before = state();
  expect(run(40, "restore", join(folder, "backup"))).toEqual(inWords);
  expect(state().filter((name) => !name.endsWith("-lock"))).toEqual(before);
  expect(run(null, "restore", join(folder, "backup")).status).toBe(0);
});

test("a file for which there is no space is named", () => {
  const { folder } = scene();
  const { status, stderr } = spawnSync(
    process.execPath,
    [PROGRAM, "registration", "--url", "http://127.0.0.1:29330", "--out", "/dev/full", "--force"],
    { cwd: folder, encoding: "utf8" },
  );
  expect({ status, stderr }).toEqual(inWords);
});
