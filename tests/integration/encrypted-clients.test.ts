import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MatrixEvent } from "matrix-js-sdk";
import { OnlySignedDevicesIsolationMode } from "matrix-js-sdk/lib/crypto-api/index.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LONG } from "../support/stack/long.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { SdkPerson } from "../support/stack/sdk-person.ts";

let mindminder: Mindminder;
let ann: SdkPerson;
let bob: SdkPerson;

beforeAll(async () => {
  mindminder = await startMindminder({
    dir: await mkdtemp(join(tmpdir(), "mindminder-clients-")),
    encrypted: true,
    config: { speech: { engine: "off" } },
  });
  ann = await SdkPerson.register(mindminder.synapse, "ann");
  bob = await SdkPerson.register(mindminder.synapse, "bob");
});

afterAll(async () => {
  ann?.close();
  bob?.close();
  await mindminder?.stop();
});

const fromBot = (event: MatrixEvent) => event.getSender() === mindminder.botId;
const body = (event: MatrixEvent) => String(event.getContent()["body"]);
const says = (text: RegExp) => (event: MatrixEvent) => fromBot(event) && text.test(body(event));

/** A private room of Ann's with Element's settings, with Bob and the bot. */
async function room(): Promise<string> {
  const id = await ann.createPrivateRoom("Tea");
  await ann.client.invite(id, bob.userId);
  await bob.client.joinRoom(id);
  await ann.client.invite(id, mindminder.botId);
  await ann.seen(id, says(/facilitator/), "a greeting");
  return id;
}

async function marksIn(person: SdkPerson, id: string): Promise<string[]> {
  const sealed = person.eventsOf(id).filter((event) => fromBot(event) && event.isEncrypted());
  return Promise.all(sealed.map((event) => person.markOf(event)));
}

test("a council in a room that Element makes: every line and thread is read there, and nothing is marked", async () => {
  const id = await room();
  for (const person of [ann, bob]) {
    expect(await person.command(id, "!circle join")).toBe("✅");
    await person.command(id, "!circle agree");
  }
  expect(await ann.command(id, "!circle start council the oolong")).toBe("✅");
  expect(await ann.command(id, "!circle pass")).toBe("✅");
  await bob.client.sendTextMessage(id, "Oolong wants its second infusion");
  expect(await bob.command(id, "!circle pass")).toBe("✅");
  expect(await ann.command(id, "!circle end")).toBe("✅");
  await bob.seen(id, says(/^Council: the oolong · /), "the meeting's root");

  for (const person of [ann, bob]) {
    const lines = person.eventsOf(id).filter((event) => fromBot(event) && event.isEncrypted());
    expect(lines.filter((event) => event.isDecryptionFailure()).map((event) => event.getId())).toEqual([]);
    const known = person.client.getRoom(id);
    await known?.createThreadsTimelineSets();
    await known?.fetchRoomThreads();
    const threads = known?.getThreads() ?? [];
    expect(threads.length).toBeGreaterThan(0);
    await expect.poll(() => threads.flatMap(({ events }) => events.map(body)).join("\n")).toMatch(/second infusion/);
    const marks = await marksIn(person, id);
    expect(marks.length).toBeGreaterThan(4);
    expect(new Set(marks)).toEqual(new Set(["none"]));
  }
});

test.runIf(LONG)(
  "the bot's devices are signed by its owner, and what it wrote before a restart stays without a mark",
  async () => {
    const id = await room();
    expect(await ann.command(id, "!circle status")).toMatch(/No meeting/);
    const before = ann.eventsOf(id).filter((event) => fromBot(event) && event.isEncrypted());
    for (let restart = 1; restart <= 2; restart++) {
      await mindminder.stopService();
      await mindminder.startService();
      expect(await ann.command(id, "!circle status")).toMatch(/No meeting/);
    }
    const devices = [
      ...((await ann.crypto.getUserDeviceInfo([mindminder.botId], true)).get(mindminder.botId)?.keys() ?? []),
    ];
    expect(devices.length).toBeGreaterThanOrEqual(2);
    for (const device of devices)
      expect(await ann.crypto.getDeviceVerificationStatus(mindminder.botId, device)).toMatchObject({
        signedByOwner: true,
      });
    // Read anew, now that the devices that wrote them are gone.
    for (const event of before) {
      const again = ann.client.getEventMapper({ preventReEmit: true })(
        await ann.client.fetchRoomEvent(id, event.getId() ?? ""),
      );
      await ann.client.decryptEventIfNeeded(again);
      expect(body(again)).not.toMatch(/Unable to decrypt/);
      expect(await ann.markOf(again)).toBe("none");
    }
  },
);

test("whoever speaks with signed devices alone speaks with the bot, and hears it", async () => {
  const id = await room();
  ann.crypto.setDeviceIsolationMode(new OnlySignedDevicesIsolationMode());
  await ann.crypto.forceDiscardSession(id);
  expect(await ann.command(id, "!circle status")).toMatch(/No meeting/);
});
