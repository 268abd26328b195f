import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { drawnFrom } from "../../tests/support/experiments/chance.ts";
import { council } from "../../tests/support/circle/play.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { personId, roomId } from "../../tests/support/protocol/ids.ts";
import { Experiments } from "../experiments/options.ts";
import { ServedSets } from "../experiments/served-sets.ts";
import { Journal } from "../journal/journal.ts";
import { Meetings } from "../journal/meetings.ts";
import { trialsIn } from "../journal/trials.ts";
import { meetingGetsItsSet } from "../policies/meeting-gets-its-set.ts";
import type { SetName } from "../protocol/chosen-set.ts";
import type { MinutesResult, Task } from "../protocol/meeting-record.ts";
import { openDatabase } from "../store/database.ts";

const PROGRAM = join(import.meta.dirname, "mindminder.mjs");
const FILE = { sets: { short: {} }, experiments: [{ id: "shorter", between: ["standard", "short"] }] };
const HOUR_MS = 3600_000;
const ROOMS = ["!garden", "!choir", "!shop"].map(roomId);
const TASKS = Array.from({ length: 12 }, (_, i) => `t${i}`);

/** An installation in which meetings were held; of their twelve tasks people drop as many as `drops` says. */
async function installation(meetingsHeld: number, drops: (set: SetName, chance: () => number) => number) {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-experiments-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const homeserver = { url: "http://127.0.0.1:1", serverName: "hs", registration: "-" };
  const livekit = { url: "ws://127.0.0.1:1", apiKey: "key", apiSecret: "a secret of thirty-two characters" };
  writeFileSync(
    join(folder, "config.yaml"),
    JSON.stringify({
      homeserver,
      livekit,
      service: { publicUrl: "http://hs" },
      database: "m.db",
      experiments: "e.yaml",
    }),
  );
  const outcome = { ...FILE, experiments: FILE.experiments.map((each) => ({ ...each, outcome: "tasks-confirmed" })) };
  writeFileSync(join(folder, "e.yaml"), JSON.stringify(outcome));
  await hold(join(folder, "m.db"), meetingsHeld, drops);
  return (...args: string[]) => {
    const group = args[0] === "kept" ? "evaluate" : "experiments";
    const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, group, ...args], {
      cwd: folder,
      encoding: "utf8",
    });
    return { status, stdout, stderr, file: (name: string) => readFileSync(join(folder, name), "utf8") };
  };
}

async function hold(file: string, count: number, drops: (set: SetName, chance: () => number) => number): Promise<void> {
  const db = openDatabase(file);
  const chance = drawnFrom(3);
  let at = Date.parse("2026-01-01T00:00:00Z");
  const now = () => at;
  const onUnreadable = (_: string, error: Error) => {
    throw error;
  };
  const meetings = new Meetings({ journal: new Journal(db), now, languageOf: () => "en", onUnreadable });
  const sets = new ServedSets({
    experiments: Experiments.parse(FILE),
    trialsIn: (room) => trialsIn(db, room),
    now,
    onGone: () => expect.unreachable(),
  });
  meetingGetsItsSet({ sets, meetings, now });
  const actor = madeActor(personId("@ann:hs"), { moderates: true, door: "chat", name: "Ann" });
  for (let i = 0; i < count; i++) {
    const room = ROOMS[i % ROOMS.length]!;
    at += HOUR_MS;
    const asks = { actor, expectedVersion: null };
    meetings.send(room, { type: "join", name: "Ann", ...asks, at });
    meetings.send(room, { type: "start", plan: council(), topic: "", seed: i, ...asks, at });
    await Promise.resolve();
    meetings.send(room, { type: "end", ...asks, at: (at += 60_000) });
    const { id } = meetings.of(room)!.meeting;
    const task = (name: string): Task => ({
      id: name,
      title: `Buy ${name}`,
      owner: null,
      due: null,
      from: ["1.1"],
      status: "suggested",
    });
    const madeBy = { plugin: "tasks", version: "1", method: "rules", model: null, prompt: null, at } as const;
    const result: MinutesResult = { form: "tasks", tasks: TASKS.map(task) };
    meetings.note(id, { type: "minutes-made", entry: { about: { kind: "meeting" }, result, madeBy } });
    await Promise.resolve();
    const live = () => meetings.of(room)!;
    const dropped = drops(sets.of(live()), chance);
    TASKS.forEach((name, n) => {
      const status = n < dropped ? ("dropped" as const) : ("open" as const);
      meetings.correct(live(), { of: "task", id: name, status }, null, { actor, at: (at += 1_000) });
    });
  }
  meetings.stop();
  db.close();
}

const some = (most: number) => (_: SetName, chance: () => number) => Math.floor(chance() * most);

test("a difference that was planted into sixty meetings is reported, and drawn", async () => {
  const run = await installation(60, (set, chance) => some(set === "short" ? 3 : 9)(set, chance));
  const { stdout, stderr, status, file } = run("report", "-c", "config.yaml", "--plot", "shorter.svg");
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  expect(stdout).toContain("shorter: “short” compared with “standard”");
  expect(stdout).toContain("30 and 30; results were seen of 30 and 30, all is counted of 30 and 30");
  expect(stdout).toContain("“short” is better in judged tasks that were confirmed.");
  expect(file("shorter.svg")).toMatch(/^<svg .*judged tasks that were confirmed.*<polyline/);
});

test("where none was planted, none is reported", async () => {
  const run = await installation(60, some(7));
  const { stdout } = run("report", "shorter", "-c", "config.yaml", "--json");
  const [report] = JSON.parse(stdout) as [{ verdict: unknown; counted: unknown }];
  expect(report).toMatchObject({ verdict: { kind: "no-difference" }, counted: [30, 30] });
});

test("few meetings, and an experiment that is not there, are answered in words", async () => {
  const run = await installation(6, some(7));
  expect(run("report", "-c", "config.yaml").stdout).toContain("Too early: 5 more pairs of meetings");
  const absent = run("report", "absent", "-c", "config.yaml");
  expect(absent.status).not.toBe(0);
  expect(absent.stderr).toContain("absent: there is no such experiment. There are: shorter.");
});

test("sets are run again over kept meetings, and one in which nothing was said is no example", async () => {
  const run = await installation(2, some(7));
  const { stdout, status } = run("replay", "-c", "config.yaml");
  expect({ status, stdout }).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("No kept meeting says anything yet"),
  });
});

test("meetings are measured by what became of their suggestions, without anybody having to judge them", async () => {
  const run = await installation(3, () => 3);
  const { stdout, status } = run("kept", "-c", "config.yaml");
  expect(status).toBe(0);
  expect(stdout).toContain("3 meetings");
  expect(stdout).toMatch(
    /suggested tasks: confirmed \/ dropped \/ waiting +75 % \(75–75\) \/ 25 % \(25–25\) \/ 0 % \(0–0\)/,
  );
  expect(stdout).toMatch(/edits for 100 words of the minutes +0\.00/);
  const { meetings, languages } = JSON.parse(run("kept", "-c", "config.yaml", "--json").stdout) as {
    meetings: number;
    languages: { en: { meetings: number } };
  };
  expect([meetings, languages.en.meetings]).toEqual([3, 3]);
});
