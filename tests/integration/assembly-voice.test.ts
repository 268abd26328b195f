import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RoomServiceClient } from "livekit-server-sdk";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { Caller } from "../support/call/caller.ts";
import { Follower } from "../support/rogue/follows.ts";
import { MatrixPerson } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";

const PAIRS = `id: assembly
title: Pairs
phases:
  - { kind: rings, scenario: council, seconds: 3600, size: { least: 2, most: 2 }, delegate: lot }
  - { kind: delegates, scenario: council, seconds: 3600 }
`;
const NAMES = ["ann", "bob", "eve", "dan"];
const PATIENCE = { timeout: 120_000, interval: 100 };

let mindminder: Mindminder;
let people: MatrixPerson[];
let pages: ReadonlyMap<string, WidgetPerson>;
let room: string;
const inCalls = new Map<string, Follower>();

const first = () => people[0]!;
const pageOf = (id: string) => pages.get(id)!;
const assembly = async () => (await pageOf(first().userId).ask("assembly")).body.assembly;
const turnOf = async (id: string) => (await pageOf(id).meeting()).meeting;

beforeAll(async () => {
  const dir = await mkdtemp(join(tmpdir(), "mindminder-"));
  const assemblies = join(dir, "assemblies");
  await mkdir(assemblies);
  await writeFile(join(assemblies, "pairs.yaml"), PAIRS);
  mindminder = await startMindminder({ dir, config: { speech: { engine: "off" }, assemblies } });
  people = await Promise.all(NAMES.map((name) => MatrixPerson.register(mindminder.synapse, name, name)));
  room = await roomWithBot(mindminder, first(), ...people.slice(1));
  pages = new Map(
    await Promise.all(
      people.map(async (each) => [each.userId, await WidgetPerson.open(mindminder.url, room, each)] as const),
    ),
  );
  for (const [id, page] of pages) inCalls.set(id, await Follower.join(() => page.call()));
  expect(await first().command(room, "!circle assembly open")).toBe("✅");
  for (const each of people) expect(await each.command(room, "!circle assembly join")).toBe("✅");
  expect(await first().command(room, "!circle assembly start our garden")).toBe("✅");
  await vi.waitFor(async () => {
    const rings = (await assembly())?.rings ?? [];
    expect(rings.map(({ status, people: sitting }) => [status, sitting.length])).toEqual([
      ["running", 2],
      ["running", 2],
    ]);
    for (const { speaker } of rings) expect(speaker).not.toBeNull();
  }, PATIENCE);
});

afterAll(async () => {
  await Promise.all([...inCalls.values()].map((each) => each.leave()));
  await Promise.all((people ?? []).map((each) => each.close()));
  await mindminder?.stop();
});

test("all groups hear the keeper and nobody else, their turns stand still, and no token outlives it", async () => {
  const keeper = pageOf(first().userId);
  const speaking = ((await assembly())?.rings ?? []).flatMap(({ speaker }) => speaker ?? []);
  const [turn] = await Promise.all(speaking.map(turnOf));
  const left = turn?.turn?.limitMs ?? 0;
  expect((await pageOf(people[1]!.userId).ask("assemblyCommand", { type: "speak-to-all" })).status).toBe(409);
  expect((await keeper.ask("assemblyVoice", {})).status).toBe(409);

  expect((await keeper.ask("assemblyCommand", { type: "speak-to-all" })).body.assembly?.voice?.by).toBe(first().userId);
  const voice = await Caller.join({ ...(await keeper.ask("assemblyVoice", {})).body, tone: 440 });
  await voice.publish();
  const others = await Promise.all(
    people.slice(1).map(async ({ userId }) => Caller.join((await pageOf(userId).ask("assemblyVoice", {})).body)),
  );
  await Promise.all(others.map((each) => each.ear(first().userId).heard()));
  // Listeners may send nothing there, and in the groups everybody's microphone is closed.
  expect(others.map(({ mayPublish }) => mayPublish)).toEqual([false, false, false]);
  await expect(others[0]!.publish()).rejects.toThrow();
  await vi.waitFor(() => {
    for (const { caller } of inCalls.values()) expect(caller.isMuted).toBe(true);
  }, PATIENCE);
  for (const id of speaking) await expect.poll(async () => (await turnOf(id))?.paused, PATIENCE).toBe(true);

  // Killed meanwhile, the service goes on where it was: they still speak.
  await mindminder.killService();
  await mindminder.startService();
  expect((await assembly())?.voice?.by).toBe(first().userId);
  const { token, url } = (await keeper.ask("assemblyVoice", {})).body;

  expect((await keeper.ask("assemblyCommand", { type: "stop-speaking" })).body.assembly?.voice).toBeNull();
  await vi.waitFor(async () => {
    for (const id of speaking) {
      const meeting = await turnOf(id);
      expect(meeting?.paused).toBe(false);
      expect(meeting?.turn).toMatchObject({ speaker: id, status: "speaking" });
    }
    for (const id of speaking) expect(inCalls.get(id)?.caller.isMuted).toBe(false);
  }, PATIENCE);
  const after = await turnOf(speaking[0]!);
  expect(after?.turn?.limitMs).toBe(left);
  expect((await keeper.ask("assemblyVoice", {})).status).toBe(409);
  await vi.waitFor(async () => {
    const { httpUrl, apiKey, apiSecret } = mindminder.livekit;
    const livekit = new RoomServiceClient(httpUrl, apiKey, apiSecret);
    const rooms = await livekit.listRooms();
    const inAny = (await Promise.all(rooms.map(({ name }) => livekit.listParticipants(name)))).flat();
    const times = inAny.filter(({ identity }) => identity === people[1]!.userId).length;
    expect(times).toBe(1);
  }, PATIENCE);
  await expect(Caller.join({ url, token })).rejects.toThrow();
  await Promise.all([voice, ...others].map((each) => each.leave()));
}, 240_000);

test("whoever listens to the delegates has no microphone; the empty chair gives them one for a turn, and no longer", async () => {
  const keeper = pageOf(first().userId);
  expect((await keeper.ask("assemblyCommand", { type: "go-on" })).status).toBe(200);
  const delegates = async () => {
    const rings = (await assembly())?.rings ?? [];
    const sitting = rings.flatMap((ring) => ring.people);
    return { ring: rings[0], seated: sitting.filter(({ seated }) => seated), all: sitting };
  };
  await vi.waitFor(async () => {
    const { ring, seated, all } = await delegates();
    expect([ring?.status, seated.length, all.filter(({ here }) => here).length]).toEqual(["running", 2, 4]);
    expect(ring?.speaker).not.toBeNull();
  }, PATIENCE);
  const { seated, all } = await delegates();
  // People who stay in the call in which they were keep a microphone that is closed; all who came have none, as soon as
  // their own client is there, too.
  const listener = await vi.waitFor(() => {
    const moved = all.find(({ id, seated: sits }) => !sits && inCalls.get(id)!.caller.mayPublish === false);
    expect(moved).toBeDefined();
    return moved?.id;
  }, PATIENCE);
  expect((await pageOf(listener!).ask("assemblyCommand", { type: "take-chair" })).status).toBe(200);
  const hears = seated[1]!.id;
  const heard = vi.waitFor(() => {
    const { caller } = inCalls.get(hears)!;
    expect(caller.ear(listener!).heardMs).toBeGreaterThan(0);
  }, PATIENCE);
  const speakerNow = async () => (await turnOf(listener!))?.turn;
  for (let passes = 0; passes < 3 && (await speakerNow())?.speaker !== listener; passes++) {
    const turn = await vi.waitFor(async () => {
      const now = await speakerNow();
      expect(now?.status).toBe("speaking");
      return now!;
    }, PATIENCE);
    if (turn.speaker !== listener) await pageOf(turn.speaker).steer("pass");
  }
  await heard;
  await pageOf(listener!).steer("pass");
  await vi.waitFor(async () => {
    expect((await delegates()).seated.map(({ id }) => id)).not.toContain(listener);
    expect(inCalls.get(listener!)?.caller.isMuted).toBe(true);
  }, PATIENCE);
}, 240_000);
