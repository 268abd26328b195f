import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RoomServiceClient } from "livekit-server-sdk";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { Caller } from "../support/call/caller.ts";
import { MatrixPerson, type SeenEvent } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";

const PAIRS = `id: assembly
title: Pairs
phases:
  - { kind: rings, scenario: council, seconds: 3600, size: { least: 2, most: 2 }, delegate: lot }
  - { kind: delegates, scenario: council, seconds: 3600 }
`;
const ENCRYPTION = { type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } };
const PATIENCE = { timeout: 120_000, interval: 100 };

let mindminder: Mindminder;
let people: MatrixPerson[];
let room: string;
let pages: ReadonlyMap<string, WidgetPerson>;
const leaving: Caller[] = [];

const first = () => people[0]!;
const page = (id: string) => pages.get(id)!;

beforeAll(async () => {
  const dir = await mkdtemp(join(tmpdir(), "mindminder-"));
  const assemblies = join(dir, "assemblies");
  await mkdir(assemblies);
  await writeFile(join(assemblies, "pairs.yaml"), PAIRS);
  mindminder = await startMindminder({ dir, encrypted: true, config: { speech: { engine: "off" }, assemblies } });
  people = await Promise.all(
    ["ann", "bob", "eve", "dan"].map((name) => MatrixPerson.registerWithKeys(mindminder.synapse, name, name)),
  );
  room = await first().createRoom({
    invite: people.slice(1).map(({ userId }) => userId),
    power_level_content_override: { users: { [mindminder.botId]: 50 } },
    initial_state: [ENCRYPTION],
  });
  await Promise.all(people.slice(1).map((each) => each.join(room)));
  const isGreeting = ({ sender, content }: SeenEvent) => sender === mindminder.botId && "body" in content;
  const greeted = first().next(room, isGreeting, "a greeting");
  await first().ask("POST", `/rooms/${encodeURIComponent(room)}/invite`, { user_id: mindminder.botId });
  await greeted;
  pages = new Map(
    await Promise.all(
      people.map(async (each) => [each.userId, await WidgetPerson.open(mindminder.url, room, each)] as const),
    ),
  );
});

afterAll(async () => {
  await Promise.all(leaving.map((each) => each.leave()));
  await Promise.all((people ?? []).map((each) => each.close()));
  await mindminder?.stop();
});

test("in an encrypted room groups talk at once, each heard by its own alone, by the room's key; all hear the keeper", async () => {
  expect(await first().command(room, "!circle assembly open")).toBe("✅");
  for (const each of people) expect(await each.command(room, "!circle assembly join")).toBe("✅");
  expect(await first().command(room, "!circle assembly start our garden")).toBe("✅");
  const { keys } = (await page(first().userId).ask("mediaKeys")).body;
  expect(keys.length).toBeGreaterThan(0);

  const map = async () => (await page(first().userId).ask("assembly")).body.assembly;
  await vi.waitFor(async () => {
    expect(((await map())?.rings ?? []).map(({ people: sitting }) => sitting.length)).toEqual([2, 2]);
  }, PATIENCE);
  const callers = new Map<string, Caller>();
  for (const [id, widget] of pages) {
    const { url, token, encrypted } = await widget.call();
    expect(encrypted).toBe(true);
    const caller = await Caller.join({ url, token, keys });
    leaving.push(caller);
    await caller.publish({ muted: true });
    callers.set(id, caller);
  }
  await vi.waitFor(async () => {
    for (const { status, speaker } of (await map())?.rings ?? [])
      expect([status, speaker === null]).toEqual(["running", false]);
  }, PATIENCE);
  const rings = (await map())?.rings ?? [];
  expect(rings).toHaveLength(2);
  for (const { people: sitting, speaker } of rings) {
    const hears = sitting.find(({ id }) => id !== speaker)!;
    await vi.waitFor(() => expect(callers.get(hears.id)!.ear(speaker!).heardMs).toBeGreaterThan(0), PATIENCE);
  }
  // People of the other ring have nothing of its sound, though they have the room's key.
  const [one, other] = rings;
  for (const { id } of other?.people ?? []) expect(callers.get(id)?.hasVoiceOf(one?.speaker ?? "")).toBe(false);
  const { httpUrl, apiKey, apiSecret } = mindminder.livekit;
  const livekit = new RoomServiceClient(httpUrl, apiKey, apiSecret);
  const calls = await Promise.all((await livekit.listRooms()).map(({ name }) => livekit.listParticipants(name)));
  const seats = calls.map((call) => call.flatMap(({ identity }) => (pages.has(identity) ? [identity] : [])).toSorted());
  expect(seats.filter(({ length }) => length > 0).toSorted()).toEqual(
    rings.map(({ people: sitting }) => sitting.map(({ id }) => id).toSorted()).toSorted(),
  );

  const keeper = page(first().userId);
  expect((await keeper.ask("assemblyCommand", { type: "speak-to-all" })).status).toBe(200);
  const { url, token, encrypted } = (await keeper.ask("assemblyVoice", {})).body;
  expect(encrypted).toBe(true);
  const voice = await Caller.join({ url, token, keys, tone: 440 });
  leaving.push(voice);
  await voice.publish();
  const listener = people[1]!.userId;
  const hears = await Caller.join({ ...(await page(listener).ask("assemblyVoice", {})).body, keys });
  leaving.push(hears);
  await hears.ear(first().userId).heard();
  const keyless = await Caller.join({ ...(await page(people[2]!.userId).ask("assemblyVoice", {})).body });
  leaving.push(keyless);
  await hears.ear(first().userId).heard();
  expect(keyless.ear(first().userId).heardMs).toBe(0);

  // The homeserver has none of what was typed.
  const seen = JSON.stringify(await first().ask("GET", `/rooms/${encodeURIComponent(room)}/messages?dir=b&limit=200`));
  expect(seen).not.toContain("our garden");
}, 240_000);
