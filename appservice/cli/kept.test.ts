import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../store/database.ts";

const PROGRAM = join(import.meta.dirname, "mindminder.mjs");
const asRoot = process.geteuid?.() === 0;
/** Somebody who is not root, as systemd's service is. */
const SERVICE = 65_534;

/**
 * Installation as the systemd unit leaves it while the service is stopped: keys and registration are not there, the
 * database's folder is the service's.
 */
function stopped() {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-kept-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [PROGRAM, ...args, "--config", join(folder, "config.yaml")],
      { cwd: folder, encoding: "utf8" },
    );
    return { status, stdout, stderr };
  };
  const state = join(folder, "state");
  mkdirSync(state, { mode: 0o700 });
  const credentials = "/run/credentials/mindminder.service";
  writeFileSync(
    join(folder, "config.yaml"),
    JSON.stringify({
      homeserver: {
        url: "http://127.0.0.1:8008",
        serverName: "garden.org",
        registration: `${credentials}/registration.yaml`,
      },
      livekit: {
        url: "wss://livekit.garden.org",
        apiKeyFile: `${credentials}/livekit-key`,
        apiSecretFile: `${credentials}/livekit-secret`,
      },
      database: "state/mindminder.db",
    }),
  );
  openDatabase(join(state, "mindminder.db")).close();
  mkdirSync(join(state, "speech-kept/m1"), { recursive: true });
  writeFileSync(join(state, "speech-kept/m1/u1.opus"), "sound");
  return { folder, state, run };
}
const everythingIn = (folder: string) =>
  (readdirSync(folder, { recursive: true }) as string[]).map((name) => join(folder, name));

test("what is kept is backed up, exported and put back without the keys that systemd gives to the running service alone", () => {
  const { folder, state, run } = stopped();
  if (asRoot) for (const path of [state, ...everythingIn(state)]) chownSync(path, SERVICE, SERVICE);
  expect(run("backup", join(folder, "b"))).toMatchObject({ status: 0, stderr: "" });
  expect(readdirSync(join(folder, "b")).sort()).toEqual(["backup.json", "mindminder.db", "speech-kept"]);
  expect(run("export")).toMatchObject({ status: 0, stderr: "" });
  const owners = () => new Set(everythingIn(state).map((path) => statSync(path).uid));
  const service = new Set([asRoot ? SERVICE : process.geteuid?.()]);
  expect(owners()).toEqual(service);
  expect(run("restore", join(folder, "b"))).toMatchObject({ status: 0, stderr: "" });
  expect(readdirSync(join(state, "speech-kept/m1"))).toEqual(["u1.opus"]);
  // Restored files must be the service's own, whichever user put them back: it has to open them.
  expect(owners()).toEqual(service);
});

test.skipIf(!asRoot)("a database of somebody else's is told from a damaged one, with the command that mends it", () => {
  const { folder, state } = stopped();
  // The folder is the service's, the file was put there by root.
  chmodSync(folder, 0o755);
  chownSync(state, SERVICE, SERVICE);
  chmodSync(join(state, "mindminder.db"), 0o600);
  onTestFinished(() => process.seteuid?.(0));
  process.seteuid?.(SERVICE);
  const open = () => openDatabase(join(state, "mindminder.db"));
  expect(open).toThrow(
    /mindminder\.db belongs to root, and this runs as uid 65534\. As root: chown -R 65534: \S*state/,
  );
  expect(open).not.toThrow(/restore a backup/);
});

test("a place that cannot be written to is named, without a trace of the inside", () => {
  const { folder, run } = stopped();
  writeFileSync(join(folder, "file"), "");
  for (const args of [
    ["backup", join(folder, "file")],
    ["backup", join(folder, "file/b")],
    ["export", "--out", join(folder, "nowhere/x.md"), "m1"],
    ["restore", join(folder, "file")],
  ]) {
    const { status, stderr } = run(...args);
    expect({ args, status, stderr }).toMatchObject({ status: 1, stderr: expect.stringMatching(/\S/) });
    expect(stderr).not.toMatch(/\n\s+at /);
  }
  expect(run("backup", join(folder, "file/b")).stderr).toContain(`${join(folder, "file/b")}: cannot be used (ENOTDIR`);
});
