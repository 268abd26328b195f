import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { openStores } from "./stores.ts";
import { backUp } from "./store/backup.ts";
import { openDatabase } from "./store/database.ts";
import { refuseHalfRestored, restore } from "./store/restore.ts";

const NOW = Date.UTC(2026, 10, 24, 3);

function folderOf(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `mindminder-${name}-`));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const insert = "INSERT INTO meetings (id, room, started) VALUES (?, '!room:example.org', 0)";

/** Made once, and copied: a process of its own for each would take half a minute. */
let made: Promise<string> | null = null;
afterAll(async () => made && rmSync(await made, { recursive: true, force: true }));

async function monday() {
  const folder = folderOf("restore");
  cpSync(await (made ??= madeOnMonday()), folder, { recursive: true });
  return { folder, database: join(folder, "state/mindminder.db"), backup: join(folder, "monday") };
}

/**
 * A backup of Monday, beside a database of Tuesday whose last meeting lies in SQLite's log alone, as a power cut leaves
 * it.
 */
async function madeOnMonday(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-monday-"));
  const [database, backup] = [join(folder, "state/mindminder.db"), join(folder, "monday")];
  mkdirSync(join(folder, "state/speech-kept"), { recursive: true });
  const db = openDatabase(database);
  db.prepare(insert).run("monday");
  db.close();
  writeFileSync(join(folder, "state/speech-kept/monday.flac"), "sound");
  await backUp(database, backup, NOW);
  mkdirSync(join(folder, "state/speech-waiting"));
  writeFileSync(join(folder, "state/speech-waiting/tuesday.flac"), "sound");
  killedIn(`const { openDatabase } = await import(${here("database.ts")});
    openDatabase(${JSON.stringify(database)}).prepare(${JSON.stringify(insert)}).run("tuesday");
    process.kill(process.pid, "SIGKILL");`);
  expect(existsSync(`${database}-wal`)).toBe(true);
  return folder;
}

const here = (module: string) => JSON.stringify(join(import.meta.dirname, "store", module));

function killedIn(script: string): string {
  const { signal, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    encoding: "utf8",
  });
  expect({ signal, stderr }).toEqual({ signal: "SIGKILL", stderr: "" });
  return stdout.trim();
}

/** Ends without any clearing up, as at a power cut, before the step of that number; says which it was. */
function killedBefore(step: number, { backup, database }: { backup: string; database: string }): string {
  return killedIn(`import { writeSync } from "node:fs";
    const { restore } = await import(${here("restore.ts")});
    let step = 0;
    restore(${JSON.stringify(backup)}, ${JSON.stringify(database)}, ${NOW}, (name) => {
      if (step++ !== ${step}) return;
      writeSync(1, name);
      process.kill(process.pid, "SIGKILL");
    });`);
}

const meetingsIn = (database: string) => {
  const db = new Database(database, { readonly: true });
  try {
    return db.prepare("SELECT id FROM meetings ORDER BY id").pluck().all();
  } finally {
    db.close();
  }
};

/** As a start does; what stands there then, and what was said. */
function started(database: string) {
  const said: string[] = [];
  const stores = openStores(database, { keepAudioDays: 0, now: () => NOW, say: (sentence) => said.push(sentence) });
  stores.close();
  return { said, meetings: meetingsIn(database) };
}

const ASIDE = "before-restore-2026-11-24T03-00-00-000Z";

async function stepsOf(): Promise<string[]> {
  const { backup, database } = await monday();
  const steps: string[] = [];
  restore(backup, database, NOW, (step) => steps.push(step));
  return steps;
}

test("a restore that is killed at any point leaves the old or the new, whole; the next start says so, and never begins an empty one", async () => {
  const steps = await stepsOf();
  expect(steps).toEqual([
    "copy mindminder.db",
    "look at mindminder.db",
    "copy speech-kept",
    "look at speech-kept",
    "write the plan",
    "move mindminder.db-wal aside",
    "move mindminder.db-shm aside",
    "move mindminder.db aside",
    "put mindminder.db in place",
    "move speech-kept aside",
    "put speech-kept in place",
    "move speech-waiting aside",
    "strike the plan",
  ]);
  for (const [at, step] of steps.entries()) {
    const { folder, ...of } = await monday();
    const state = join(folder, "state");
    expect(killedBefore(at, of)).toBe(step);
    const { said, meetings } = started(of.database);
    const planned = at > steps.indexOf("write the plan");
    expect({ step, meetings }).toEqual({ step, meetings: planned ? ["monday"] : ["monday", "tuesday"] });
    if (at > 0)
      expect(said).toEqual([
        expect.stringMatching(
          planned
            ? /had been interrupted; it is finished now\. What was there before lies in \S+before-restore-/
            : /interrupted before it had changed anything; all is as it was\. Run “mindminder restore” again/,
        ),
      ]);
    if (planned) {
      expect(
        readdirSync(join(state, ASIDE))
          .filter((name) => !name.endsWith("-shm"))
          .sort(),
      ).toEqual(["mindminder.db", "mindminder.db-wal", "speech-kept", "speech-waiting"]);
      expect(meetingsIn(join(state, ASIDE, "mindminder.db"))).toEqual(["monday", "tuesday"]);
    }
    expect(readdirSync(state).filter((name) => /-restor(e\.json|ing)/.test(name))).toEqual([]);
    expect(started(of.database).said).toEqual([]);
  }
});

test("run again after it was killed, it does what it was to do", async () => {
  const steps = await stepsOf();
  for (const step of ["look at speech-kept", "put mindminder.db in place"]) {
    const { folder, ...of } = await monday();
    killedBefore(steps.indexOf(step), of);
    restore(of.backup, of.database, NOW + 60_000);
    expect(started(of.database)).toEqual({ said: [], meetings: ["monday"] });
    expect(readFileSync(join(folder, "state/speech-kept/monday.flac"), "utf8")).toBe("sound");
  }
});

test("while it is half done nobody reads a database that is neither the one nor the other", async () => {
  const { folder, ...of } = await monday();
  killedBefore((await stepsOf()).indexOf("put mindminder.db in place"), of);
  expect(() => refuseHalfRestored(of.database)).toThrow(
    /mindminder\.db: a restore was interrupted\. Run “mindminder restore” again, or start the service/,
  );
  expect(readdirSync(join(folder, "state"))).not.toContain("mindminder.db");
});

test("without a database, and with one that was moved aside, nothing begins anew", async () => {
  const { database, backup, folder } = await monday();
  const state = join(folder, "state");
  mkdirSync(join(state, "before-restore-2026-10-01T00-00-00-000Z"));
  renameSync(database, join(state, "before-restore-2026-10-01T00-00-00-000Z/mindminder.db"));
  const message =
    /mindminder\.db: is empty or not there, and \S+before-restore-2026-10-01\S+ holds the one that was[^]*To begin with an empty database, move \S+ to another folder/;
  expect(() => started(database)).toThrow(message);
  expect(existsSync(database)).toBe(false);
  // One that an earlier version began by mistake, and that never got further.
  writeFileSync(database, "");
  expect(() => started(database)).toThrow(message);
  restore(backup, database, NOW);
  expect(started(database).meetings).toEqual(["monday"]);
});

test("what cannot be copied, for want of space say, changes nothing and leaves nothing", async () => {
  const { folder, database, backup } = await monday();
  const before = readdirSync(join(folder, "state")).sort();
  const full = (step: string) => {
    if (step === "look at speech-kept")
      throw Object.assign(new Error("no space left on device"), { code: "ENOSPC", syscall: "write" });
  };
  expect(() => restore(backup, database, NOW, full)).toThrow(/no space left/);
  expect(readdirSync(join(folder, "state")).sort()).toEqual(before);
  expect(started(database)).toEqual({ said: [], meetings: ["monday", "tuesday"] });
});

test("where database and sound are links to other places, both stay there", async () => {
  const { folder, database, backup } = await monday();
  const state = join(folder, "state");
  const [disk, sounds] = [folderOf("disk"), folderOf("sounds")];
  for (const end of ["", "-wal", "-shm"]) renameSync(`${database}${end}`, join(disk, `mm.db${end}`));
  symlinkSync(join(disk, "mm.db"), database);
  renameSync(join(state, "speech-kept"), join(sounds, "speech"));
  symlinkSync(join(sounds, "speech"), join(state, "speech-kept"));
  expect(restore(backup, database, NOW)).toBe(join(disk, ASIDE));
  expect(started(database).meetings).toEqual(["monday"]);
  expect([readdirSync(sounds).sort(), readdirSync(join(disk, ASIDE)).sort()]).toEqual([
    [ASIDE, "speech"],
    ["mm.db", "mm.db-shm", "mm.db-wal"],
  ]);
});
