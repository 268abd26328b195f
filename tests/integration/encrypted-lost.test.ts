import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { LONG } from "../support/stack/long.ts";
import { MatrixPerson, type SeenEvent } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { inviteBot } from "../support/stack/room-with-bot.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";

const PROGRAM = resolve(import.meta.dirname, "../../appservice/cli/mindminder.ts");
const RESTARTS = { timeout: 240_000 };
const ENCRYPTION = { type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } };

let mindminder: Mindminder;
let ann: MatrixPerson;
let bob: MatrixPerson;

const fromBot = (event: SeenEvent) => event.sender === mindminder.botId;
const says = (text: RegExp) => (event: SeenEvent) => fromBot(event) && text.test(String(event.content["body"]));
const isNew = ({ type, content }: SeenEvent) => type === "m.room.message" && !("m.new_content" in content);
type CircleSaid = { readonly index: number; readonly status: string };
const circleIn = (content: SeenEvent["content"] | undefined) =>
  content?.["org.mindminder.circle"] as CircleSaid | undefined;

beforeAll(async () => {
  mindminder = await startMindminder({
    dir: await mkdtemp(join(tmpdir(), "mindminder-sealed-")),
    encrypted: true,
    config: { speech: { engine: "off" } },
  });
  const open = (name: string) => MatrixPerson.registerWithKeys(mindminder.synapse, name);
  [ann, bob] = await Promise.all([open("ann"), open("bob")]);
});

afterAll(async () => {
  await Promise.all([ann?.close(), bob?.close()]);
  await mindminder?.stop();
});

/** An encrypted room in which Ann has the word in the first circle of a council. */
async function inCouncil(topic: string): Promise<string> {
  const id = await ann.createRoom({
    invite: [bob.userId],
    power_level_content_override: { users: { [mindminder.botId]: 50 } },
    initial_state: [ENCRYPTION],
  });
  await bob.join(id);
  await inviteBot(mindminder, ann, id);
  await ann.joinCircle(id);
  await bob.joinCircle(id);
  const begun = bob.next(id, says(/^Circle 1 of 2/), "the first circle");
  await ann.command(id, `!circle start council ${topic}`);
  await begun;
  return id;
}

/** The bot's events, all of which somebody can read; a key comes by another way than its message. */
async function readBy(reader: MatrixPerson, room: string): Promise<SeenEvent[]> {
  let found: SeenEvent[] = [];
  await expect
    .poll(async () => {
      found = (await reader.history(room)).filter(fromBot);
      return found.filter(({ type }) => type === "m.room.encrypted");
    })
    .toEqual([]);
  return found;
}

async function loseTheDatabase(): Promise<void> {
  const files = (await readdir(mindminder.dir)).filter((name) => name.startsWith("mindminder.db"));
  expect(files.length).toBeGreaterThan(0);
  await Promise.all(files.map((name) => rm(join(mindminder.dir, name))));
}

test(
  "the database is lost in mid-turn: the meeting goes on from what was sealed, in its messages, and people are told",
  RESTARTS,
  async () => {
    const id = await inCouncil("the oolong");
    const widget = await WidgetPerson.open(mindminder.url, id, ann);
    await widget.call();
    const keys = (await widget.ask("mediaKeys")).body.keys;
    expect(await ann.command(id, "!circle pass")).toBe("✅");
    const before = (await widget.meeting()).meeting;
    expect(before).toMatchObject({ circle: 0, turn: { speaker: bob.userId } });
    await expect
      .poll(async () => ((await ann.state(id, "org.mindminder.meeting")) as { version: number }).version)
      .toBe(before?.version);

    const told = ann.next(id, says(/My notes of this meeting were lost/), "the loss being told");
    await mindminder.killService();
    await loseTheDatabase();
    // Its key reaches only devices that are gone for good with the database.
    const lost = bob.next(id, says(/cannot read a message from ann/), "a word about what cannot be read");
    ann.keys.rotateAfter = 1;
    await ann.say(id, "!circle status");
    await mindminder.startService();
    await told;
    await lost;
    ann.keys.rotateAfter = 100;

    const again = await WidgetPerson.open(mindminder.url, id, bob);
    const after = (await again.meeting()).meeting;
    expect(after).toMatchObject({
      id: before?.id,
      keeper: ann.userId,
      topic: "the oolong",
      ring: before?.ring,
      turn: { speaker: bob.userId, id: before?.turn?.id },
    });
    await again.call();
    const newest = (await again.ask("mediaKeys")).body.keys.at(-1);
    expect(newest?.epoch).toBeGreaterThan(keys.at(-1)?.epoch ?? Number.POSITIVE_INFINITY);

    // It reads and writes as before, for everybody, and the circle's message is the one that stood.
    expect(await bob.command(id, "!circle pass")).toBe("✅");
    const over = bob.next(id, says(/^Council: the oolong · /), "the meeting's root");
    expect(await ann.command(id, "!circle end")).toBe("✅");
    await over;
    const history = () => readBy(ann, id);
    const edits = async () =>
      (await history()).flatMap(
        ({ content }) => circleIn(content["m.new_content"] as SeenEvent["content"] | undefined) ?? [],
      );
    await expect.poll(async () => (await edits()).at(-1)).toMatchObject({ index: 0, status: "done" });
    expect((await history()).filter(isNew).flatMap(({ content }) => circleIn(content)?.index ?? [])).toEqual([0]);

    // With the meeting's end its copy goes, and the homeserver was never told a word of it.
    await expect.poll(() => sealedIn(id)).toEqual({});
  },
);

/** Runs a command as an admin would, in a process of its own. */
function run(...args: string[]): void {
  const { status, stderr } = spawnSync(
    process.execPath,
    [PROGRAM, ...args, "--config", join(mindminder.dir, "config.yaml")],
    { encoding: "utf8" },
  );
  expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
}

test(
  "an old backup is put back in mid-meeting: the meeting goes on where it was, and what was written while nobody read is read",
  RESTARTS,
  async () => {
    const id = await inCouncil("the sencha");
    const widget = await WidgetPerson.open(mindminder.url, id, ann);
    run("backup", join(mindminder.dir, "backup"));

    // Unknown to the backup: another has the word, and a key of its own was made for what was said.
    ann.keys.rotateAfter = 1;
    expect(await ann.command(id, "!circle pass")).toBe("✅");
    ann.keys.rotateAfter = 100;
    const before = (await widget.meeting()).meeting;
    expect(before).toMatchObject({ circle: 0, turn: { speaker: bob.userId } });
    await expect
      .poll(async () => ((await ann.state(id, "org.mindminder.meeting")) as { version: number }).version)
      .toBe(before?.version);
    await mindminder.stopService();
    await loseTheDatabase();
    run("restore", join(mindminder.dir, "backup"));
    const asked = bob.command(id, "!circle pass");
    await mindminder.startService();
    expect(await asked).toBe("✅");

    const again = await WidgetPerson.open(mindminder.url, id, bob);
    const after = (await again.meeting()).meeting;
    expect(after).toMatchObject({ id: before?.id, topic: "the sencha", ring: before?.ring, keeper: ann.userId });
    expect(after?.version).toBeGreaterThan(before?.version ?? Number.POSITIVE_INFINITY);
    const over = bob.next(id, says(/^Council: the sencha · /), "the meeting's root");
    expect(await ann.command(id, "!circle end")).toBe("✅");
    await over;

    // Everything can be read by both, and nothing stands there twice.
    for (const reader of [ann, bob]) {
      const history = await readBy(reader, id);
      const circles = history.filter(isNew).flatMap(({ content }) => circleIn(content)?.index ?? []);
      expect(circles).toEqual([...new Set(circles)]);
      expect(history.filter(({ content }) => /cannot read a message/.test(String(content["body"])))).toEqual([]);
    }
    await expect.poll(() => sealedIn(id)).toEqual({});
  },
);

test.runIf(LONG)(
  "the key file is lost with the database: the room is told that its meeting cannot go on, and begins another",
  RESTARTS,
  async () => {
    const id = await inCouncil("the pu-erh");
    const sealed = await sealedIn(id);
    expect(Object.keys(sealed)).toEqual(["sealed"]);
    expect(Buffer.from(String(sealed["sealed"]), "base64").includes("pu-erh")).toBe(false);
    await mindminder.killService();
    await loseTheDatabase();
    await writeFile(join(mindminder.dir, "encryption-key"), randomBytes(32).toString("hex"));
    const told = ann.next(id, says(/It cannot go on/), "the loss being told");
    await mindminder.startService();
    await told;
    expect(await ann.state(id, "org.mindminder.meeting")).toMatchObject({ phase: "ended" });
    expect(await ann.command(id, "!circle status")).toMatch(/No meeting/);
    expect(await ann.joinCircle(id)).toBe("✅");
    expect(await bob.joinCircle(id)).toBe("✅");
    expect(await ann.command(id, "!circle start council tea")).toBe("✅");
  },
);

/** The bot's own data of a room, as the homeserver has it. */
async function sealedIn(room: string): Promise<Readonly<Record<string, unknown>>> {
  const bot = encodeURIComponent(mindminder.botId);
  const path = `/_matrix/client/v3/user/${bot}/rooms/${encodeURIComponent(room)}/account_data/org.mindminder.sealed_meeting`;
  const registration = await readFile(join(mindminder.dir, "registration.yaml"), "utf8");
  const { as_token: token } = parse(registration) as { as_token: string };
  const answer = await fetch(`${mindminder.synapse.url}${path}?user_id=${bot}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Readonly<Record<string, unknown>>;
}
