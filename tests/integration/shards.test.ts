import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { LONG } from "../support/stack/long.ts";
import { MatrixPerson } from "../support/stack/matrix-person.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { type Shards, startShards } from "../support/stack/shards.ts";

const PROGRAM = resolve(import.meta.dirname, "../../appservice/cli/mindminder.ts");

let dir: string;
let shards: Shards;
let ann: MatrixPerson;
/** A room of each shard. */
const rooms = new Map<string, string>();
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "mindminder-shards-"));
  shards = await startShards(dir, ["one", "two"]);
  ann = await MatrixPerson.register(shards.synapse, "ann");
  while (rooms.size < 2) {
    const room = await roomWithBot(shards, ann);
    rooms.set(shards.shardOf(room), room);
  }
});
afterAll(async () => {
  await ann?.close();
  await shards?.stop();
  rmSync(dir, { recursive: true, force: true });
});

const roomOf = (shard: string) => rooms.get(shard) ?? expect.fail(`there is no room of ${shard}`);
const answersIn = async (room: string) =>
  (await ann.history(room)).filter(({ sender, type }) => sender === shards.botId && type === "m.room.message").length;

test("one registration, two services: each room is answered once, by its own", async () => {
  for (const room of rooms.values()) {
    const before = await answersIn(room);
    await ann.command(room, "!circle help");
    await expect.poll(() => answersIn(room)).toBe(before + 1);
  }
});

test("people's requests come to the service of their room by one address", async () => {
  for (const room of rooms.values()) {
    const openid = await ann.ask("POST", `/user/${encodeURIComponent(ann.userId)}/openid/request_token`, {});
    const headers = { "content-type": "application/json", "x-mindminder-device": "a-device-of-anns-browser" };
    const opened = await fetch(`${shards.url}/api/v1/session`, {
      method: "POST",
      headers,
      body: JSON.stringify({ roomId: room, openid }),
    });
    const session = (await opened.json()) as { token: string };
    expect([opened.status, session]).toMatchObject([200, { token: expect.any(String) }]);
    const answer = await fetch(`${shards.url}/api/v1/rooms/${encodeURIComponent(room)}/scenarios`, {
      headers: { ...headers, authorization: `Bearer ${session.token}` },
    });
    expect(answer.status).toBe(200);
  }
  const unsigned = { method: "POST", body: "{}", headers: { "content-type": "application/webhook+json" } };
  expect((await fetch(`${shards.url}/livekit/webhook`, unsigned)).status).toBe(401);
});

test.runIf(LONG)(
  "a service that dies leaves the others' rooms alone; what is asked of it meanwhile is answered when it is back, once",
  async () => {
    const [here, there] = [roomOf("one"), roomOf("two")];
    await shards.named.get("two")?.kill();
    const [before, thereBefore] = [await answersIn(here), await answersIn(there)];
    await ann.say(there, "!circle help");
    await ann.say(here, "!circle help");
    await expect.poll(() => answersIn(here)).toBe(before + 1);
    const refused = await fetch(`${shards.url}/api/v1/rooms/${encodeURIComponent(there)}/scenarios`);
    expect([refused.status, await refused.json()]).toMatchObject([
      503,
      { error: expect.stringContaining("cannot be reached right now") },
    ]);
    expect(await answersIn(there)).toBe(thereBefore);
    await shards.named.get("two")?.start();
    await expect.poll(() => answersIn(there)).toBe(thereBefore + 1);
    await ann.say(there, "!circle help");
    await expect.poll(() => answersIn(there)).toBe(thereBefore + 2);
  },
);

test("a table that names a room twice, or a shard that is not there, keeps the router from starting, in words", () => {
  const table = join(dir, "twice.yaml");
  const room = "!a:x";
  const names = ["one", "one"].map((shard) => ({ room, shard }));
  writeFileSync(table, stringify({ shards: { one: "http://127.0.0.1:1" }, rooms: names }));
  const config = join(dir, "bad-route.yaml");
  writeFileSync(config, stringify({ registration: join(dir, "registration.yaml"), table }));
  const { status, stderr } = spawnSync(process.execPath, [PROGRAM, "route", "--config", config], { encoding: "utf8" });
  expect({ status, stderr }).toMatchObject({ status: 1, stderr: expect.stringContaining("!a:x a second time") });
});
