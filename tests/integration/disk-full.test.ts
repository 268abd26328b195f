import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeSync, openSync, closeSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LONG } from "../support/stack/long.ts";
import { MatrixPerson, type SeenEvent } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";

/** A disk of 3 MB, in memory. To mount one takes root; elsewhere this test is left out, and says so. */
const dir = mkdtempSync(join(tmpdir(), "mindminder-full-"));
const disk = join(dir, "disk");
const mounted = LONG && mount();

let mindminder: Mindminder;
let ann: MatrixPerson;
let bob: MatrixPerson;

beforeAll(async () => {
  if (!mounted) return;
  mindminder = await startMindminder({
    dir,
    config: { speech: { engine: "off" }, database: join(disk, "mindminder.db") },
  });
  const open = (name: string) => MatrixPerson.register(mindminder.synapse, name);
  [ann, bob] = await Promise.all([open("ann"), open("bob")]);
});

afterAll(async () => {
  await Promise.all([ann?.close(), bob?.close()]);
  await mindminder?.stop();
  if (mounted) execFileSync("umount", [disk]);
});

const fromBot = (event: SeenEvent) => event.type === "m.room.message" && event.sender === mindminder.botId;

test.runIf(mounted)(
  "a full disk in mid-meeting: people are told, nothing is half done, and with space again all goes on by itself",
  async () => {
    const room = await roomWithBot(mindminder, ann, bob);
    await ann.joinCircle(room);
    await bob.joinCircle(room);
    await ann.command(room, "!circle start council tea");
    const widget = await WidgetPerson.open(mindminder.url, room, ann);
    const now = async () => (await widget.meeting()).meeting!;
    const before = await now();
    expect(before.turn?.speaker).toBe(ann.userId);

    fillDisk();
    // Presses are taken while the log beside the database has room, and none after.
    let refused = await widget.steer("pause");
    for (let press = 0; refused.status === 200 && press < 400; press++)
      refused = await widget.steer(press % 2 === 0 ? "resume" : "pause");
    expect(refused).toMatchObject({
      status: 409,
      body: { errcode: "ORG.MINDMINDER.NOT_KEPT", error: expect.stringMatching(/cannot write to its disk/) },
    });
    const stands = await now();
    expect((await widget.steer("pass")).status).toBe(409);
    expect(await now()).toMatchObject({ version: stands.version, turn: { id: before.turn!.id } });
    expect((await fetch(`${mindminder.url}/healthz`)).status).toBe(200);
    const ready = await fetch(`${mindminder.url}/ready`);
    expect([ready.status, await ready.json()]).toEqual([503, { ready: false, waitingFor: ["storage"] }]);
    const log = readFileSync(mindminder.log, "utf8");
    expect(log).toMatch(/the database cannot be written.*Make space on its disk/);
    // A request by chat is not lost: the homeserver sends it again.
    const answered = ann.next(
      room,
      (event) => fromBot(event) && /ann/.test(String(event.content["body"])),
      "the answer to what was asked meanwhile",
    );
    await ann.say(room, "!circle status");

    rmSync(join(disk, "ballast"));
    await expect.poll(async () => (await fetch(`${mindminder.url}/ready`)).status).toBe(200);
    if ((await now()).paused) expect((await widget.steer("resume")).status).toBe(200);
    expect((await widget.steer("pass")).status).toBe(200);
    expect((await now()).turn?.speaker).toBe(bob.userId);
    await answered;

    // Memory holds the same as the disk.
    const kept = await now();
    await mindminder.killService();
    await mindminder.startService();
    expect(await now()).toMatchObject({ id: kept.id, version: kept.version, turn: { id: kept.turn?.id } });
    const bodies = (await ann.history(room))
      .filter((event) => fromBot(event) && !("m.new_content" in event.content))
      .map(({ content }) => String(content["body"]));
    expect(new Set(bodies).size).toBe(bodies.length);
  },
);

function mount(): boolean {
  mkdirSync(disk);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=3m", "tmpfs", disk], { stdio: "ignore" });
    return true;
  } catch {
    console.warn("a full disk is not tried: mounting one takes root");
    return false;
  }
}

function fillDisk(): void {
  const ballast = openSync(join(disk, "ballast"), "w");
  try {
    for (;;) writeSync(ballast, Buffer.alloc(1_024));
  } catch {
    // Full.
  } finally {
    closeSync(ballast);
  }
}
