import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LONG } from "../support/stack/long.ts";
import { MatrixPerson, type SeenEvent } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";

const PROGRAM = resolve(import.meta.dirname, "../../appservice/cli/mindminder.ts");

let mindminder: Mindminder;
let ann: MatrixPerson;
let bob: MatrixPerson;

const fromBot = (event: SeenEvent) => event.sender === mindminder.botId;
const isRecord = (event: SeenEvent) => fromBot(event) && "org.mindminder.meeting_record" in event.content;

beforeAll(async () => {
  if (!LONG) return;
  mindminder = await startMindminder({
    dir: mkdtempSync(join(tmpdir(), "mindminder-restore-")),
    config: { speech: { engine: "off" } },
  });
  const open = (name: string) => MatrixPerson.register(mindminder.synapse, name);
  [ann, bob] = await Promise.all([open("ann"), open("bob")]);
});
afterAll(async () => {
  await Promise.all([ann?.close(), bob?.close()]);
  await mindminder?.stop();
});

/** Runs the command as an admin would, in a process of its own. */
function run(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [PROGRAM, ...args, "--config", join(mindminder.dir, "config.yaml")],
    { encoding: "utf8" },
  );
  expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

async function restoredFrom(backup: string): Promise<void> {
  await mindminder.stopService();
  for (const name of readdirSync(mindminder.dir))
    if (name.startsWith("mindminder.db")) rmSync(join(mindminder.dir, name));
  expect(run("restore", backup)).toContain("restored");
  await mindminder.startService();
}

async function startedIn(room: string, topic: string): Promise<WidgetPerson> {
  for (const person of [ann, bob]) expect(await person.joinCircle(room)).toBe("✅");
  expect(await ann.command(room, `!circle start council ${topic}`)).toBe("✅");
  return WidgetPerson.open(mindminder.url, room, ann);
}

const openRoom = () => roomWithBot(mindminder, ann, bob);

async function stateIs(room: string, version: number | undefined): Promise<void> {
  await expect
    .poll(async () => ((await ann.state(room, "org.mindminder.meeting", "")) as { version: number }).version)
    .toBe(version);
}

test.runIf(LONG)(
  "a backup is restored while meetings go on: each is as its room has it, earlier records are read, and nothing stands twice",
  async () => {
    const [going, ended] = [await openRoom(), await openRoom()];
    const first = await startedIn(going, "roofs");
    const earlier = (await first.meeting()).meeting!.id;
    await ann.say(going, "task: water the roofs");
    const recorded = ann.next(going, isRecord, "the record of the earlier meeting");
    // Asked in the chat, so that it comes behind the task.
    expect(await ann.command(going, "!circle end")).toBe("✅");
    await recorded;

    const [inGoing, inEnded] = [await startedIn(going, "tea"), await startedIn(ended, "milk")];
    const backup = join(mindminder.dir, "backup");
    expect(run("backup", backup)).toContain("3 meetings, whole");

    // Events that the backup lacks: a turn of the one meeting, and the whole end of the other.
    expect((await inGoing.steer("pass")).status).toBe(200);
    const over = ann.next(ended, isRecord, "the record that the backup lacks");
    expect((await inEnded.steer("end")).status).toBe(200);
    await over;
    const [before, gone] = [(await inGoing.meeting()).meeting!, (await inEnded.meeting()).meeting!];
    await stateIs(going, before.version);
    await stateIs(ended, gone.version);

    await restoredFrom(backup);
    const widget = await WidgetPerson.open(mindminder.url, going, ann);
    await expect.poll(async () => (await widget.meeting()).meeting?.turn?.speaker).toBe(bob.userId);
    const after = (await widget.meeting()).meeting!;
    expect(after).toMatchObject({
      id: before.id,
      ring: before.ring,
      done: before.done,
      turn: { id: before.turn?.id },
    });
    // The time in which nobody was heard is given back.
    expect(after.turn?.endsAt).toBeGreaterThanOrEqual(before.turn?.endsAt ?? Infinity);
    expect(after.version).toBeGreaterThan(before.version);
    await stateIs(going, after.version);
    const other = await WidgetPerson.open(mindminder.url, ended, ann);
    await expect.poll(async () => (await other.meeting()).meeting?.phase).toBe("ended");
    const { body } = await widget.ask("pastMeeting", { meeting: earlier });
    expect(JSON.stringify(body)).toContain("task: water the roofs");

    const record = ann.next(going, isRecord, "the record of the meeting that went on");
    expect((await widget.steer("end")).status).toBe(200);
    await record;
    for (const [room, records] of [
      [going, 2],
      [ended, 1],
    ] as const) {
      const said = (await ann.history(room)).filter(
        (event) => fromBot(event) && event.type === "m.room.message" && !("m.new_content" in event.content),
      );
      expect(said.filter(isRecord)).toHaveLength(records);
      expect(said.filter(({ content }) => "org.mindminder.circle" in content)).toHaveLength(records);
    }
  },
);
