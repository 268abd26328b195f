import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { slowness } from "../support/slowness.ts";
import { LONG } from "../support/stack/long.ts";
import { MatrixPerson } from "../support/stack/matrix-person.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { type Shards, startShards } from "../support/stack/shards.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";

const ENCRYPTION = { algorithm: "m.megolm.v1.aes-sha2" };

let dir: string;
let shards: Shards;
let ann: MatrixPerson;
let bob: MatrixPerson;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "mindminder-moves-"));
  shards = await startShards(dir, ["one", "two"], { movable: true });
  [ann, bob] = await Promise.all([
    MatrixPerson.register(shards.synapse, "ann"),
    MatrixPerson.register(shards.synapse, "bob"),
  ]);
});
afterAll(async () => {
  await Promise.all([ann?.close(), bob?.close()]);
  await shards?.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** A room of a shard, with a meeting in which Ann has the word, and her page. */
async function meetingOn(shard: string) {
  let room = await roomWithBot(shards, ann, bob);
  while (shards.shardOf(room) !== shard) room = await roomWithBot(shards, ann, bob);
  await ann.joinCircle(room);
  await bob.joinCircle(room);
  await ann.command(room, "!circle start council tea");
  return { room, widget: await WidgetPerson.open(shards.url, room, ann) };
}

/** Shards in whose database a room's meetings are. */
const shardsWith = (room: string) =>
  ["one", "two"].filter((name) => {
    const db = new Database(join(dir, name, "mindminder.db"), { readonly: true });
    try {
      return db.prepare("SELECT 1 FROM meetings WHERE room = ?").get(room) !== undefined;
    } finally {
      db.close();
    }
  });

test("a room moves with its running meeting: two seconds of refusal in words at most, and nothing of it is lost or doubled", async () => {
  const [{ room, widget }, other, beside] = [await meetingOn("one"), await meetingOn("one"), await meetingOn("two")];
  await ann.say(room, "Words from before the move");
  await expect.poll(async () => JSON.stringify((await widget.record()).record)).toContain("before the move");
  const before = (await widget.meeting()).meeting;

  let moving = true;
  const asked: { status: number; error: string | undefined; at: number }[] = [];
  const asking = (async () => {
    while (moving) {
      const { status, body } = await widget.ask("meeting");
      asked.push({ status, error: body.error, at: performance.now() });
      if (asked.length === 3) void ann.say(room, "Words from the midst of the move");
    }
  })();
  const neighbours = (async () => {
    const statuses = new Set<number>();
    while (moving) for (const { widget: its } of [other, beside]) statuses.add((await its.ask("meeting")).status);
    return statuses;
  })();
  await expect.poll(() => asked.length).toBeGreaterThan(2);
  const slow = slowness([process.pid, ...[...shards.named.values()].map((shard) => shard.pid())]);
  expect(await shards.move(room, "two")).toMatch(/moved from one to two/);
  await expect.poll(() => asked.at(-1)?.status).toBe(200);
  const withinMs = 2_000 * slow();
  moving = false;
  await asking;

  const refused = asked.filter(({ status }) => status !== 200);
  for (const { status, error } of refused)
    expect([status, error]).toEqual([503, expect.stringContaining("is moving to another part")]);
  expect((refused.at(-1)?.at ?? 0) - (refused[0]?.at ?? 0)).toBeLessThan(withinMs);
  expect(await neighbours).toEqual(new Set([200]));

  expect((await widget.meeting()).meeting).toMatchObject({ id: before?.id, turn: { speaker: ann.userId } });
  await expect.poll(async () => JSON.stringify((await widget.record()).record)).toContain("the midst of the move");
  const comments = JSON.stringify((await widget.record()).record).match(/Words from the midst of the move/g);
  expect(comments).toHaveLength(1);
  expect(JSON.stringify((await widget.record()).record)).toContain("before the move");
  expect((await widget.steer("pass")).body.meeting?.turn?.speaker).toBe(bob.userId);
  expect(await ann.command(room, "!circle status")).toMatch(/has the word/);
  await expect.poll(() => shardsWith(room)).toEqual(["two"]);
  expect(await shards.move(room, "one")).toMatch(/moved from two to one/);
  expect((await widget.meeting()).meeting).toMatchObject({ id: before?.id, turn: { speaker: bob.userId } });
});

test("an encrypted room stays, and so does one that is to go nowhere; the admin is told why", async () => {
  const { room, widget } = await meetingOn("one");
  await expect(shards.move(room, "one")).rejects.toThrow(/on one already/);
  await expect(shards.move(room, "nine")).rejects.toThrow(/names no such shard/);
  await ann.setState(room, "m.room.encryption", "", ENCRYPTION);
  await expect.poll(() => shards.move(room, "two").catch(String)).toMatch(/is encrypted: its keys belong/);
  expect((await widget.ask("meeting")).status).toBe(200);
});

// Each waits until a service is up again.
test.runIf(LONG).each([
  ["one", "the room is handed over to another shard"],
  ["two", "a room has come from another shard"],
  ["two", "the room goes on here"],
])("shard %s is killed after “%s”: the room is one shard's, with all of it", async (victim, said) => {
  const { room, widget } = await meetingOn("one");
  const before = (await widget.meeting()).meeting;
  const shard = shards.named.get(victim) ?? expect.fail("there is no such shard");
  const says = () => readFileSync(shard.log, "utf8").split(said).length;
  const toldBefore = says();
  const moved = shards.move(room, "two").catch(String);
  await expect.poll(says, { interval: 1 }).toBeGreaterThan(toldBefore);
  await shard.kill();
  await ann.say(room, "Words while a shard was dead");
  await shard.start();
  await moved;
  await expect
    .poll(() => widget.meeting().catch(() => null))
    .toMatchObject({ meeting: { id: before?.id, turn: { speaker: ann.userId } } });
  await expect.poll(async () => JSON.stringify(await widget.record())).toContain("was dead");
  await expect.poll(() => shardsWith(room)).toHaveLength(1);
});
