import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MatrixPerson, type SeenEvent } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";

/** An account that Synapse closes and erases: what the bot sees of it, and what the admin does besides. */
const PROGRAM = resolve(import.meta.dirname, "../../appservice/cli/mindminder.ts");
const PATIENCE = { timeout: 120_000, interval: 500 };
const folder = mkdtempSync(join(tmpdir(), "mindminder-account-"));
let mindminder: Mindminder;
let ann: MatrixPerson;
let bob: MatrixPerson;

beforeAll(async () => {
  mindminder = await startMindminder({ dir: folder, config: { speech: { engine: "off" } } });
  [ann, bob] = await Promise.all([
    MatrixPerson.register(mindminder.synapse, "ann"),
    MatrixPerson.register(mindminder.synapse, "bob"),
  ]);
});
afterAll(async () => {
  await Promise.all([ann?.close(), bob?.close()]);
  await mindminder?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("an account that is closed and erased at the homeserver leaves the room, and its words in the record go by the admin's command", async () => {
  const room = await roomWithBot(mindminder, ann, bob);
  for (const person of [ann, bob]) await person.joinCircle(room);
  await ann.command(room, "!circle start council the garden");
  await bob.say(room, "task: feed the walrus");
  const widget = await WidgetPerson.open(mindminder.url, room, ann);
  const comments = async () => (await widget.record()).record?.comments.map(({ text }) => text) ?? [];
  await expect.poll(comments, PATIENCE).toEqual(["task: feed the walrus"]);

  const admin = await mindminder.synapse.registerUser("root", { admin: true });
  const left = ann.next(
    room,
    (event: SeenEvent) => event.type === "m.room.member" && event.content["membership"] === "leave",
    "Bob's leave",
  );
  const closed = await fetch(
    `${mindminder.synapse.url}/_synapse/admin/v1/deactivate/${encodeURIComponent(bob.userId)}`,
    {
      method: "POST",
      headers: { Authorization: `Bearer ${admin.accessToken}`, "Content-Type": "application/json" },
      body: JSON.stringify({ erase: true }),
    },
  );
  expect(closed.status).toBe(200);
  await left;
  const presence = async () =>
    (await widget.meeting()).meeting?.people.find(({ id }) => id === bob.userId)?.presence ?? "gone";
  await expect.poll(presence, PATIENCE).toBe("left");
  expect(await comments(), "a leave alone takes nothing back").toEqual(["task: feed the walrus"]);

  const config = join(mindminder.dir, "config.yaml");
  const asked = spawnSync(process.execPath, [PROGRAM, "erase", "--person", bob.userId, "--config", config], {
    encoding: "utf8",
  });
  expect(asked.stdout).toContain(`${bob.userId}: erased in 1 rooms.`);
  await expect.poll(async () => (await comments()).join(""), PATIENCE).toBe("");
  await expect
    .poll(
      async () => JSON.stringify((await ann.history(room)).filter(({ sender }) => sender === mindminder.botId)),
      PATIENCE,
    )
    .not.toContain("walrus");
});
