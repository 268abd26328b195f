import { randomUUID } from "node:crypto";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as crypto from "@matrix-org/matrix-sdk-crypto-wasm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { LONG } from "../support/stack/long.ts";
import { MatrixPerson, type SeenEvent } from "../support/stack/matrix-person.ts";
import { RoomEvent } from "../../appservice/call/rtc.ts";
import { Caller } from "../support/call/caller.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { inviteBot } from "../support/stack/room-with-bot.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";

let mindminder: Mindminder;
let ann: MatrixPerson;
let bob: MatrixPerson;
/** Somebody in the rooms who sees what the homeserver has: their client has no keys. */
let clerk: MatrixPerson;

const fromBot = (event: SeenEvent) => event.sender === mindminder.botId;
const notice = (text: RegExp) => (event: SeenEvent) => fromBot(event) && text.test(String(event.content["body"]));
const relationOf = ({ content }: SeenEvent) =>
  content["m.relates_to"] as { rel_type?: string; event_id?: string } | undefined;
const ENCRYPTION = { type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } };

beforeAll(async () => {
  mindminder = await startMindminder({
    dir: await mkdtemp(join(tmpdir(), "mindminder-")),
    encrypted: true,
    config: { speech: { engine: "off" }, log: "debug" },
  });
  const { synapse } = mindminder;
  [ann, bob, clerk] = await Promise.all([
    MatrixPerson.registerWithKeys(synapse, "ann", "Ann"),
    MatrixPerson.registerWithKeys(synapse, "bob", "Bob"),
    MatrixPerson.register(synapse, "clerk", "Clerk"),
  ]);
});

afterAll(async () => {
  await Promise.all([ann?.close(), bob?.close(), clerk?.close()]);
  await mindminder?.stop();
});

/** A room with Ann (its creator), Bob, the clerk and the bot, which has greeted. */
async function room(state: readonly object[] = [ENCRYPTION]): Promise<string> {
  const id = await ann.createRoom({
    invite: [bob.userId, clerk.userId],
    power_level_content_override: { users: { [mindminder.botId]: 50 } },
    initial_state: state,
  });
  await Promise.all([bob.join(id), clerk.join(id)]);
  const greeted = ann.next(id, notice(/facilitator/), "a greeting");
  await ann.ask("POST", `/rooms/${encodeURIComponent(id)}/invite`, { user_id: mindminder.botId });
  await greeted;
  return id;
}

/** Everything of a room as the homeserver has it, state with it. */
async function asHomeserverHas(id: string): Promise<string> {
  const state = await clerk.ask("GET", `/rooms/${encodeURIComponent(id)}/state`);
  return JSON.stringify([await clerk.history(id), state]);
}

test("a whole council runs by chat, and its record is read by people and by nobody else", async () => {
  const id = await room();
  expect(await ann.command(id, "!circle status")).toMatch(/No meeting/);
  expect(await ann.joinCircle(id)).toBe("✅");
  expect(await bob.joinCircle(id)).toBe("✅");
  expect(await ann.command(id, "!circle start council the oolong")).toBe("✅");
  expect(await bob.command(id, "!circle pass")).toBe("Ann has the word.");
  expect(await ann.command(id, "!circle pass")).toBe("✅");
  await bob.say(id, "Oolong wants its second infusion");
  expect(await bob.command(id, "!circle pass")).toBe("✅");
  expect(await ann.command(id, "!circle next")).toBe("✅");
  await ann.command(id, "!circle pass");
  const summed = ann.next(id, notice(/^Council: the oolong · /), "the meeting's root");
  const drawn = ann.next(id, ({ content }) => content["msgtype"] === "m.image", "the map");
  await bob.command(id, "!circle pass");
  await summed;

  // The record, with its threads and edits, in the client of somebody in the room.
  let read: SeenEvent[] = [];
  // A key comes by another way than its message.
  await expect
    .poll(async () => {
      read = (await ann.history(id)).filter(fromBot);
      return read.filter(({ type }) => type === "m.room.encrypted");
    })
    .toEqual([]);
  const circles = read.filter((event) => "org.mindminder.circle" in event.content && !relationOf(event));
  expect(circles).toHaveLength(2);
  expect(read.filter((event) => relationOf(event)?.rel_type === "m.replace").length).toBeGreaterThan(2);
  const inThread = read.filter((event) => relationOf(event)?.rel_type === "m.thread");
  expect(JSON.stringify(inThread)).toContain("second infusion");

  // The map, which is encrypted as well and stands in the thread: nothing says that it could not be shown.
  expect(JSON.stringify(read)).not.toContain("picture cannot be shown");
  const { file, info } = (await drawn).content as { file: { url: string }; info: { size: number } };
  const { url, ...by } = file;
  const stored = await clerk.download(url);
  expect(stored.subarray(1, 4).toString()).not.toBe("PNG");
  const opened = crypto.Attachment.decrypt(new crypto.EncryptedAttachment(stored, JSON.stringify(by)));
  expect(Buffer.from(opened).subarray(1, 4).toString()).toBe("PNG");
  expect(opened).toHaveLength(info.size);

  // The homeserver has not a word of it.
  expect(await asHomeserverHas(id)).not.toMatch(/oolong|infusion|has the word|How do you see it/i);
  expect(Object.keys((await clerk.state(id, "org.mindminder.meeting")) ?? {}).sort()).toEqual(
    ["encrypted", "format", "id", "phase", "roomId", "version"].sort(),
  );
  expect(await clerk.state(id, "org.mindminder.course")).toBeNull();

  // The widget has it all from the service.
  const widget = await WidgetPerson.open(mindminder.url, id, ann);
  expect((await widget.meeting()).meeting).toMatchObject({ phase: "ended", topic: "the oolong" });
});

test("edits, replies, reactions and redactions are understood as in an open room", async () => {
  const id = await room();
  await ann.joinCircle(id);
  await bob.joinCircle(id);
  const begun = ann.next(id, notice(/^Circle 1 of 2/), "the circle");
  await ann.command(id, "!circle start council tea");
  const circle = await begun;

  // A command that is put right is carried out then.
  const wrong = await ann.say(id, "!circle pess");
  const [, passed] = await Promise.all([
    ann.say(id, "* !circle pass", {
      "m.new_content": { msgtype: "m.text", body: "!circle pass" },
      "m.relates_to": { rel_type: "m.replace", event_id: wrong },
    }),
    ann.next(id, ({ type, content }) => type === "m.reaction" && JSON.stringify(content).includes("✅"), "a yes"),
  ]);
  expect(relationOf(passed)?.event_id).toBe(wrong);

  // A raised hand by a reaction, which stands open.
  const widget = await WidgetPerson.open(mindminder.url, id, bob);
  const comment = await bob.say(id, "Tea is fine", {
    "m.relates_to": { "m.in_reply_to": { event_id: circle.event_id } },
  });
  await expect
    .poll(async () => (await widget.record()).record?.comments.map(({ text }) => text))
    .toEqual(["Tea is fine"]);
  await bob.say(id, "* Tea is very fine", {
    "m.new_content": { msgtype: "m.text", body: "Tea is very fine" },
    "m.relates_to": { rel_type: "m.replace", event_id: comment },
  });
  await expect
    .poll(async () => (await widget.record()).record?.comments.map(({ text }) => text))
    .toEqual(["Tea is very fine"]);
  await bob.ask("PUT", `/rooms/${encodeURIComponent(id)}/redact/${encodeURIComponent(comment)}/redact-it`, {});
  await expect.poll(async () => (await widget.record()).record?.comments.map(({ text }) => text)).toEqual([]);
  expect(await ann.command(id, "!circle end")).toBe("✅");
});

test.runIf(LONG)("a scenario comes as an encrypted file, and nothing of one that was changed on the way", async () => {
  const id = await room();
  const send = async (bytes: Uint8Array, change: (sealed: Uint8Array) => Uint8Array) => {
    const sealed = crypto.Attachment.encrypt(bytes);
    const info = JSON.parse(sealed.mediaEncryptionInfo ?? "") as object;
    const uploaded = await fetch(`${mindminder.synapse.url}/_matrix/media/v3/upload`, {
      method: "POST",
      headers: { Authorization: `Bearer ${ann.accessToken}`, "Content-Type": "application/octet-stream" },
      body: Buffer.from(change(sealed.encryptedData)),
    });
    const { content_uri: url } = (await uploaded.json()) as { content_uri: string };
    return ann.say(id, "tea.yaml", { msgtype: "m.file", filename: "tea.yaml", file: { ...info, url } });
  };
  const yaml = Buffer.from("id: tea\ntitle: Tea\nturnSeconds: 120\ncircles: [{ theme: How is the tea? }]\n");
  const asked = async (file: string) => {
    const answered = ann.next(id, (event) => fromBot(event) && event.type === "m.room.message", "an answer");
    await ann.say(id, "!circle scenario import", { "m.relates_to": { "m.in_reply_to": { event_id: file } } });
    return String((await answered).content["body"]);
  };
  const bad = await send(yaml, (sealed) => sealed.map((byte, at) => (at === 3 ? byte ^ 1 : byte)));
  expect(await asked(bad)).toMatch(/could not be fetched/);
  expect(await asked(await send(yaml, (sealed) => sealed))).toMatch(/has been added/);
});

test("encryption that is switched on in mid-meeting: the meeting goes on in it, and so does its call", async () => {
  const id = await room([]);
  await ann.joinCircle(id);
  await bob.joinCircle(id);
  expect(await ann.command(id, "!circle start council tea")).toBe("✅");
  const widget = await WidgetPerson.open(mindminder.url, id, bob);
  const access = await widget.call();
  expect(access).not.toHaveProperty("encrypted");
  const caller = await Caller.join({ ...access, tone: 0 });
  const out = new Promise((resolve) => caller.room.once(RoomEvent.Disconnected, resolve));
  await ann.setState(id, "m.room.encryption", "", ENCRYPTION.content);
  // The call goes on as another one, into which everybody comes with its key.
  await out;
  await caller.leave();
  expect(await widget.call()).toMatchObject({ encrypted: true });
  expect((await widget.ask("mediaKeys")).body.keys.at(-1)?.key).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  expect(await ann.command(id, "!circle pass")).toBe("✅");
  expect(await bob.command(id, "!circle status")).toMatch(/Bob has the word/);
  const sealed = (await clerk.history(id)).filter((event) => fromBot(event) && event.type === "m.room.encrypted");
  expect(sealed.length).toBeGreaterThan(0);
});

test("clients show the bot's device as signed by its owner, and its messages without a red mark", async () => {
  const id = await room();
  const answered = clerk.next(
    id,
    (event) => fromBot(event) && event.type === "m.room.encrypted",
    "an answer under its key",
  );
  await ann.command(id, "!circle status");
  const devices = await ann.keys.machine.getUserDevices(new crypto.UserId(mindminder.botId));
  expect(devices.devices().map((device) => device.isCrossSignedByOwner())).toEqual([true, true]);
  expect(await ann.keys.shieldOf(await answered)).toBeNull();
});

test.runIf(LONG)(
  "a message whose key does not come is answered in words, and whoever writes next is heard",
  async () => {
    const id = await room();
    const told = bob.next(id, notice(/cannot read a message from Ann/), "a word about it");
    const came: string[] = [];
    ann.keys.onToDevice = (type) => void came.push(type);
    const forNobody = await ann.keys.write(id, [ann.userId], "m.room.message", {
      msgtype: "m.text",
      body: "!circle help",
    });
    await ann.ask("PUT", `/rooms/${encodeURIComponent(id)}/send/m.room.encrypted/for-nobody`, forNobody);
    expect(await bob.command(id, "!circle status")).toMatch(/No meeting/);
    await told;
    await expect.poll(() => came).toContain("m.room_key_request");
    const metrics = await (await fetch(`${mindminder.url}/metrics`)).text();
    expect(metrics).toMatch(/mindminder_unread_events_total\{reason="no-key"\} 1/);
    expect(await ann.command(id, "!circle status")).toMatch(/No meeting/);
  },
);

/** Sends the service an event as its homeserver does. */
async function fromHomeserver(id: string, event: Partial<SeenEvent>): Promise<void> {
  const { hs_token } = parse(await readFile(join(mindminder.dir, "registration.yaml"), "utf8")) as { hs_token: string };
  const made = {
    event_id: `$made-${randomUUID()}`,
    type: "m.room.encrypted",
    room_id: id,
    origin_server_ts: Date.now(),
  };
  const taken = await fetch(`${mindminder.url}/_matrix/app/v1/transactions/${randomUUID()}`, {
    method: "PUT",
    headers: { Authorization: `Bearer ${hs_token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ events: [{ ...made, ...event }] }),
  });
  expect(taken.status).toBe(200);
}

const unread = async (reason: string): Promise<number> => {
  const text = await (await fetch(`${mindminder.url}/metrics`)).text();
  return Number(new RegExp(`mindminder_unread_events_total\\{reason="${reason}"\\} (\\d+)`).exec(text)?.[1] ?? 0);
};

/** A command that was answered, as the homeserver has it. */
async function answeredCommand(id: string): Promise<SeenEvent> {
  const sealed = clerk.next(id, ({ sender, type }) => sender === ann.userId && type === "m.room.encrypted", "it");
  expect(await ann.command(id, "!circle status")).toMatch(/No meeting/);
  return sealed;
}

test("a homeserver that gives one person's words out for another's, or says them twice, is not believed", async () => {
  const id = await room();
  const { content } = await answeredCommand(id);
  const before = { forged: await unread("forged"), replayed: await unread("replayed") };
  const answers = (await ann.history(id)).length;
  await fromHomeserver(id, { sender: bob.userId, content });
  await expect.poll(() => unread("forged")).toBe(before.forged + 1);
  await fromHomeserver(id, { sender: ann.userId, content });
  await expect.poll(() => unread("replayed")).toBe(before.replayed + 1);
  expect(await ann.history(id)).toHaveLength(answers);
});

test("state that comes encrypted, types that never do, and what is no Megolm, do nothing", async () => {
  const id = await room();
  await ann.command(id, "!circle status");
  const before = { odd: await unread("odd"), broken: await unread("broken") };
  const power = (await ann.seal(id, "m.room.power_levels", { users: { [bob.userId]: 100 } })) as SeenEvent["content"];
  for (const content of [{}, { session_id: "x", ciphertext: "AAAA" }, { algorithm: "m.olm.v1.curve25519-aes-sha2" }])
    await fromHomeserver(id, { sender: ann.userId, content });
  await fromHomeserver(id, { sender: ann.userId, content: power, state_key: "" });
  await expect.poll(() => unread("broken")).toBe(before.broken + 4);
  await fromHomeserver(id, { sender: ann.userId, content: power });
  await expect.poll(() => unread("odd")).toBe(before.odd + 1);
  expect(await ann.command(id, "!circle status")).toMatch(/No meeting/);
});

test("a stranger who asks for keys gets none, and a flood to the bot's device holds nobody up", async () => {
  const id = await room();
  await ann.command(id, "!circle status");
  const eve = await MatrixPerson.registerWithKeys(mindminder.synapse, `eve${Date.now()}`, "Eve");
  const sealed = (await clerk.history(id)).find((event) => fromBot(event) && event.type === "m.room.encrypted");
  const got: string[] = [];
  eve.keys.onToDevice = (type) => void got.push(type);
  const ask = (body: object, n: number) =>
    eve.ask("PUT", `/sendToDevice/m.room_key_request/eve-${n}`, {
      messages: { [mindminder.botId]: { "*": body } },
    });
  const request = {
    action: "request",
    requesting_device_id: eve.deviceId,
    request_id: "1",
    body: { algorithm: "m.megolm.v1.aes-sha2", room_id: id, session_id: sealed?.content["session_id"], sender_key: "" },
  };
  await ask(request, 0);
  for (let n = 1; n <= 150; n++)
    await ask({ ...request, request_id: String(n), body: { n, pad: "x".repeat(1_000) } }, n);
  expect(await ann.command(id, "!circle status")).toMatch(/No meeting/);
  // What she sends is read in its order: once the bot answers in her own room, it has had all her requests.
  const own = await eve.createRoom({ initial_state: [ENCRYPTION] });
  await inviteBot(mindminder, eve, own);
  expect(await eve.command(own, "!circle status")).toMatch(/No meeting/);
  expect(got.filter((type) => /forwarded|withheld/.test(type))).toEqual([]);
  if (!sealed) throw new Error("nothing of the bot's is sealed");
  expect(await eve.keys.read({ ...sealed, room_id: id })).toBeNull();
  await eve.close();
});
