import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MatrixPerson, type SeenEvent } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { LONG } from "../support/stack/long.ts";
import { inviteBot, roomWithBot } from "../support/stack/room-with-bot.ts";

const PROGRAM = resolve(import.meta.dirname, "../../appservice/cli/mindminder.ts");
/** Each start and stop takes its time. */
const RESTARTS = { timeout: 240_000 };
const NO_MEETING = /No meeting/;

let mindminder: Mindminder;
let ann: MatrixPerson;
let password: string;

beforeAll(async () => {
  mindminder = await startMindminder({
    dir: await mkdtemp(join(tmpdir(), "mindminder-trouble-")),
    encrypted: true,
    config: { speech: { engine: "off" } },
  });
  const { synapse } = mindminder;
  const account = await synapse.registerUser("ann", { displayName: "Ann" });
  password = account.password;
  ann = await MatrixPerson.open(synapse.url, account, account.deviceId);
});

afterAll(async () => {
  await ann?.close();
  await mindminder?.stop();
});

const fromBot = (event: SeenEvent) => event.sender === mindminder.botId;
const cannotRead = (event: SeenEvent) => fromBot(event) && /cannot read a message/.test(String(event.content["body"]));

async function encryptedRoom(): Promise<string> {
  const room = await ann.createRoom({
    initial_state: [{ type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } }],
  });
  await inviteBot(mindminder, ann, room);
  return room;
}

/** Another device of Ann's, which she has not verified. */
async function newDevice(): Promise<MatrixPerson> {
  const { url } = mindminder.synapse;
  const answer = await fetch(`${url}/_matrix/client/v3/login`, {
    method: "POST",
    body: JSON.stringify({
      type: "m.login.password",
      identifier: { type: "m.id.user", user: ann.userId },
      password,
    }),
  });
  const { access_token: accessToken, device_id: device } = (await answer.json()) as Record<string, string>;
  return MatrixPerson.open(url, { userId: ann.userId, accessToken: accessToken ?? "" }, device);
}

/** Runs a command as an admin would, in a process of its own. */
function run(...args: string[]): { readonly status: number | null; readonly said: string } {
  return runWith("", ...args);
}

/** The same, with a line typed. */
function runWith(typed: string, ...args: string[]): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [PROGRAM, ...args, "--config", join(mindminder.dir, "config.yaml")],
    { encoding: "utf8", input: `${typed}\n` },
  );
  return { status, said: stdout + stderr };
}

const logged = async () => readFile(mindminder.log, "utf8");

test("a new device of somebody's, which they have not verified, is answered and can read", async () => {
  const room = await encryptedRoom();
  const phone = await newDevice();
  expect(await phone.command(room, "!circle status")).toMatch(NO_MEETING);
  expect(await ann.command(room, "!circle status")).toMatch(NO_MEETING);
  await phone.close();
});

test("a key that is withheld is told in words, and its message does nothing", async () => {
  const room = await encryptedRoom();
  await ann.command(room, "!circle status");
  const content = (await ann.keys.write(room, [ann.userId], "m.room.message", {
    msgtype: "m.text",
    body: "!circle status",
  })) as { session_id: string };
  await ann.ask("PUT", `/sendToDevice/m.room_key.withheld/${Date.now()}`, {
    messages: {
      [mindminder.botId]: {
        "*": {
          algorithm: "m.megolm.v1.aes-sha2",
          room_id: room,
          session_id: content.session_id,
          sender_key: ann.keys.machine.identityKeys.curve25519.toBase64(),
          code: "m.unverified",
          reason: "not this one",
          from_device: ann.deviceId,
        },
      },
    },
  });
  const told = ann.next(room, cannotRead, "a word about it");
  await ann.ask("PUT", `/rooms/${encodeURIComponent(room)}/send/m.room.encrypted/withheld`, content);
  await told;
  await expect
    .poll(async () => (await fetch(`${mindminder.url}/metrics`)).text())
    .toMatch(/unread_events_total\{reason="withheld"\} 1/);
});

test.runIf(LONG)(
  "a device that left the list before its words came is not believed, and the others are heard",
  RESTARTS,
  async () => {
    const room = await encryptedRoom();
    await ann.command(room, "!circle status");
    const gone = await newDevice();
    await mindminder.stopService();
    await gone.say(room, "!circle status");
    await gone.ask("POST", "/logout", {});
    await gone.close();
    const told = ann.next(room, cannotRead, "a word about it");
    await mindminder.startService();
    expect(await ann.command(room, "!circle status")).toMatch(NO_MEETING);
    await told;
  },
);

// In the middle of a meeting it is put back each time (encrypted-lost.test.ts).
test.runIf(LONG)("an old backup put back reads what was written meanwhile and what comes after", RESTARTS, async () => {
  const room = await encryptedRoom();
  const database = join(mindminder.dir, "mindminder.db");
  await mindminder.stopService();
  await copyFile(database, `${database}.old`);
  await mindminder.startService();
  for (let n = 0; n < 3; n++) expect(await ann.command(room, "!circle status")).toMatch(NO_MEETING);
  await mindminder.stopService();
  for (const suffix of ["", "-wal", "-shm"]) await rm(`${database}${suffix}`, { force: true });
  await copyFile(`${database}.old`, database);
  const meanwhile = ann.command(room, "!circle status");
  await mindminder.startService();
  expect(await meanwhile).toMatch(NO_MEETING);
  expect(await ann.command(room, "!circle status")).toMatch(NO_MEETING);
});

test.runIf(LONG)(
  "another key file: open rooms go on, the admin reads what to do, and the right one mends it",
  RESTARTS,
  async () => {
    const open = await roomWithBot(mindminder, ann);
    const room = await encryptedRoom();
    const file = join(mindminder.dir, "encryption-key");
    const right = await readFile(file, "utf8");
    await mindminder.stopService();
    await writeFile(file, randomBytes(32).toString("hex"));
    expect(run("crypto", "status")).toMatchObject({
      status: 1,
      said: expect.stringContaining("key file is not the one"),
    });
    await mindminder.startService();
    expect(await ann.command(open, "!circle status")).toMatch(NO_MEETING);
    await expect.poll(logged).toContain("written with another key file. Put that one back");
    await mindminder.stopService();
    await writeFile(file, right);
    expect(run("crypto", "status")).toMatchObject({ status: 0, said: expect.stringContaining("Its identity:") });
    await mindminder.startService();
    expect(await ann.command(room, "!circle status")).toMatch(NO_MEETING);
  },
);

test.runIf(LONG)(
  "spoiled room keys and sleeping devices cost themselves alone: every room is read on",
  RESTARTS,
  async () => {
    const [spoiled, whole] = [await encryptedRoom(), await encryptedRoom()];
    for (const room of [spoiled, whole]) expect(await ann.command(room, "!circle status")).toMatch(NO_MEETING);
    await mindminder.stopService();
    const db = new Database(join(mindminder.dir, "mindminder.db"));
    const keys = db.prepare("UPDATE crypto_room_keys SET sealed = zeroblob(64) WHERE room = ?").run(spoiled);
    const asleep = db.prepare("UPDATE crypto_sleepers SET sealed = substr(sealed, 1, length(sealed) - 1)").run();
    db.close();
    expect([keys.changes > 0, asleep.changes > 0]).toEqual([true, true]);
    // Written in a session whose key is whole, while the service is down.
    const meanwhile = ann.command(whole, "!circle status");
    const starts = async () => (await logged()).split("encrypted rooms can be read").length;
    const startsBefore = await starts();
    await mindminder.startService();
    expect(await meanwhile).toMatch(NO_MEETING);
    await expect.poll(starts).toBe(startsBefore + 1);
    expect(await ann.command(spoiled, "!circle status")).toMatch(NO_MEETING);
    expect(await logged()).toMatch(/room keys in the database are spoiled/);
  },
);

test.runIf(LONG)(
  "a reset refuses a running service, then makes another identity, and rooms go on with it",
  RESTARTS,
  async () => {
    const room = await encryptedRoom();
    const identity = () => /Its identity: ([^\n]+)/.exec(run("crypto", "status").said)?.[1];
    const before = identity();
    expect(run("crypto", "reset").said).toContain("another Mindminder works with it");
    await mindminder.stopService();
    expect(run("crypto", "reset")).toMatchObject({ status: 0, said: expect.stringContaining("new identity") });
    const starts = async () => (await logged()).split("encrypted rooms can be read").length;
    const startsBefore = await starts();
    await mindminder.startService();
    // Before that people write for devices whose keys are gone.
    await expect.poll(starts).toBe(startsBefore + 1);
    expect(await ann.command(room, "!circle status")).toMatch(NO_MEETING);
    expect(identity()).toMatch(/^\S{4} /);
    expect(identity()).not.toBe(before);
  },
);

test(
  "a lost database: the identity comes back by its recovery file, and is the one that people had verified",
  RESTARTS,
  async () => {
    const room = await encryptedRoom();
    const identity = () => /Its identity: ([^.]+)/.exec(run("crypto", "status").said)?.[1];
    const before = identity();
    const file = join(mindminder.dir, "recovery.json");
    const { status, said } = run("crypto", "recovery", "--out", file);
    expect(status).toBe(0);
    const passphrase = /^ {2}(\S+)$/m.exec(said)?.[1] ?? "";
    expect(run("crypto", "recovery", "--out", file)).toMatchObject({
      status: 1,
      said: expect.stringContaining("is there already"),
    });
    await mindminder.stopService();
    for (const suffix of ["", "-wal", "-shm"])
      await rm(join(mindminder.dir, `mindminder.db${suffix}`), { force: true });
    const reset = (typed: string) => runWith(typed, "crypto", "reset", "--recovery", file);
    expect(reset("not-that-one")).toMatchObject({
      status: 1,
      said: expect.stringContaining("does not open this file"),
    });
    expect(reset(passphrase)).toMatchObject({ status: 0, said: expect.stringContaining("sees it as verified") });
    const starts = async () => (await logged()).split("encrypted rooms can be read").length;
    const startsBefore = await starts();
    await mindminder.startService();
    await expect.poll(starts).toBe(startsBefore + 1);
    expect(await ann.command(room, "!circle status")).toMatch(NO_MEETING);
    expect(identity()).toBe(before);
    expect(run("crypto", "status").said).toContain("The homeserver shows this identity");
    expect(await logged()).not.toContain("another identity of the bot's");
  },
);

test.runIf(LONG)(
  "a registration of before encrypted rooms: open rooms go on, and one line says what to add",
  RESTARTS,
  async () => {
    const old = await startMindminder({
      dir: await mkdtemp(join(tmpdir(), "mindminder-old-")),
      encrypted: true,
      config: { speech: { engine: "off" } },
      registered: ({ "org.mindminder.bot": _, "io.element.msc4190": __, ...made }) => ({
        ...made,
        sender_localpart: "mindminder",
      }),
    });
    const bob = await MatrixPerson.register(old.synapse, "bob");
    const room = await roomWithBot(old, bob);
    expect(await bob.command(room, "!circle status")).toMatch(NO_MEETING);
    const closed = () =>
      readFile(old.log, "utf8").then((text) => text.match(/Encrypted rooms stay closed[^"]*/g) ?? []);
    await expect.poll(closed).toEqual([expect.stringContaining("sender_localpart")]);
    await bob.close();
    await old.stop();
  },
);
