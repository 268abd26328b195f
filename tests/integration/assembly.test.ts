import { execFile } from "node:child_process";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { RoomServiceClient } from "livekit-server-sdk";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { CallAccess } from "../../appservice/call/calls.ts";
import { MEETING_STATE } from "../../appservice/protocol/namespace.ts";
import { filesWith } from "../support/erasure/service-files.ts";
import { Follower } from "../support/rogue/follows.ts";
import { MatrixPerson, type SeenEvent } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";

/** Two rings of two, and then their delegates. */
const PAIRS = `id: assembly
title: Pairs
phases:
  - { kind: rings, scenario: council, seconds: 3600, size: { least: 2, most: 2 }, delegate: lot }
  - { kind: delegates, scenario: council, seconds: 3600 }
`;
const PROGRAM = resolve(import.meta.dirname, "../../appservice/cli/mindminder.ts");
const NAMES = ["ann", "bob", "eve", "dan"];
const PATIENCE = { timeout: 120_000, interval: 100 };

type State = {
  readonly id: string;
  readonly phase: string;
  readonly people: readonly { readonly id: string; readonly presence: string }[];
};

let mindminder: Mindminder;
let people: MatrixPerson[];
let room: string;
const inCalls: Follower[] = [];

const ofBot = (event: SeenEvent) => event.sender === mindminder.botId;
const person = (id: string) => people.find(({ userId }) => userId === id)!;
const ring = (number: number) => people[0]!.state<State>(room, MEETING_STATE, String(number));
const sitting = async (number: number) =>
  ((await ring(number))?.people ?? []).flatMap(({ id, presence }) => (presence === "left" ? [] : [id])).toSorted();

/** Everybody in each call on this LiveKit, but for the service's own. */
async function calls(): Promise<string[][]> {
  const { httpUrl, apiKey, apiSecret } = mindminder.livekit;
  const livekit = new RoomServiceClient(httpUrl, apiKey, apiSecret);
  const rooms = await livekit.listRooms();
  const all = await Promise.all(rooms.map(({ name }) => livekit.listParticipants(name)));
  const ours = new Set(people.map(({ userId }) => userId));
  return all
    .map((each) => each.flatMap(({ identity }) => (ours.has(identity) ? [identity] : [])).toSorted())
    .filter(({ length }) => length > 0)
    .toSorted();
}

beforeAll(async () => {
  const dir = await mkdtemp(join(tmpdir(), "mindminder-"));
  const assemblies = join(dir, "assemblies");
  await mkdir(assemblies);
  await writeFile(join(assemblies, "pairs.yaml"), PAIRS);
  mindminder = await startMindminder({ dir, config: { speech: { engine: "off" }, assemblies } });
  people = await Promise.all(NAMES.map((name) => MatrixPerson.register(mindminder.synapse, name, name)));
  room = await roomWithBot(mindminder, people[0]!, ...people.slice(1));
});

afterAll(async () => {
  await Promise.all(inCalls.map((each) => each.leave()));
  await Promise.all((people ?? []).map((each) => each.close()));
  await mindminder?.stop();
});

test("two rings of one room talk at once, each in its call and its thread, through a kill and a move", async () => {
  const [ann] = people as [MatrixPerson];
  for (const each of people) {
    const widget = await WidgetPerson.open(mindminder.url, room, each);
    inCalls.push(await Follower.join(() => widget.call() as Promise<CallAccess>));
  }
  await vi.waitFor(async () => expect(await calls()).toHaveLength(1), PATIENCE);

  const hears = () => inCalls.map(({ caller }) => (caller.room.metadata ?? "").includes('"gathering":true'));
  expect(await ann.command(room, "!circle assembly open")).toBe("✅");
  // Pages in the call need not ask the service to hear of it.
  await vi.waitFor(() => expect(hears()).toEqual(NAMES.map(() => true)), PATIENCE);
  for (const each of people) expect(await each.command(room, "!circle assembly join")).toBe("✅");
  const roots: SeenEvent[] = [];
  const stop = ann.listen((event) => {
    if (ofBot(event) && "org.mindminder.circle" in event.content && !("m.relates_to" in event.content))
      roots.push(event);
  });
  expect(await ann.command(room, "!circle assembly start our garden")).toBe("✅");

  // Open pages have come into the calls of their rings, and each ring has begun.
  await vi.waitFor(async () => {
    const [one, two] = [await sitting(1), await sitting(2)];
    expect([one.length, two.length]).toEqual([2, 2]);
    expect(await calls()).toEqual([one, two].toSorted());
  }, PATIENCE);
  await vi.waitFor(() => expect(roots).toHaveLength(2), PATIENCE);
  stop();
  expect(await ann.state(room, MEETING_STATE, ""), "the room's own meeting").toBeNull();

  // Killed in the middle of it, the service goes on where it was.
  await mindminder.killService();
  await mindminder.startService();
  const [stays = "", moves = ""] = (await sitting(2)).toSorted(
    (one, other) => Number(one === ann.userId) - Number(other === ann.userId),
  );
  const moved = stays === ann.userId ? moves : stays;
  expect(await ann.command(room, `!circle assembly move ${person(moved).userId} 1`)).toBe("✅");
  await vi.waitFor(async () => {
    const one = await sitting(1);
    expect(one).toContain(moved);
    // A ring that shrank below two went into the other; nobody is left in its call.
    expect(await calls()).toEqual([one]);
    expect(one).toHaveLength(4);
  }, PATIENCE);

  expect(await ann.command(room, "!circle assembly end")).toBe("✅");
  await vi.waitFor(async () => expect((await calls())[0]).toHaveLength(4), PATIENCE);

  // One that is over before its rings began leaves none of them gathering.
  for (const words of ["open", "join"]) await ann.command(room, `!circle assembly ${words}`);
  for (const each of people.slice(1)) await each.command(room, "!circle assembly join");
  for (const words of ["start again", "end"]) expect(await ann.command(room, `!circle assembly ${words}`)).toBe("✅");
  await vi.waitFor(async () => {
    const phases = [await ring(1), await ring(2)].map((state) => state?.phase);
    expect(phases).toEqual(["ended", "ended"]);
  }, PATIENCE);
}, 400_000);

test("who gave an assembly its topic has it erased: from the room, from its rings' meetings, and from each file", async () => {
  const [ann] = people as [MatrixPerson];
  expect(await botHolds("our garden")).not.toEqual([]);
  expect(inFiles("our garden")).not.toEqual([]);
  await ann.command(room, "!circle forget me");
  await ann.command(room, "!circle forget me yes");
  await expect.poll(() => botHolds("our garden"), { ...PATIENCE, interval: 1_000 }).toEqual([]);
  await expect.poll(() => inFiles("our garden"), { ...PATIENCE, interval: 1_000 }).toEqual([]);
}, 200_000);

test("a room that is erased whole loses an assembly that people gather for, and the message about it", async () => {
  const [ann, bob] = people as [MatrixPerson, MatrixPerson];
  const gathers = () => botHolds("An assembly gathers");
  const before = await gathers();
  expect(await bob.command(room, "!circle assembly open")).toBe("✅");
  expect(await bob.command(room, "!circle assembly join")).toBe("✅");
  await expect.poll(async () => (await gathers()).length, PATIENCE).toBeGreaterThan(before.length);
  const erase = [PROGRAM, "erase", "--room", room, "--config", join(mindminder.dir, "config.yaml")];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, erase);
  expect(stdout, stderr).toContain("its record is erased");
  await expect.poll(gathers, PATIENCE).toEqual(before);
  expect(await ann.command(room, "!circle assembly end")).not.toBe("✅");
}, 200_000);

/** The bot's events that hold some words and are not redacted. */
async function botHolds(words: string): Promise<string[]> {
  const history = (await people[0]!.history(room)).filter(ofBot);
  const gone = new Set(history.filter(({ type }) => type === "m.room.redaction").map(redacts));
  return history.flatMap(({ event_id: id, type, content }) =>
    !gone.has(id) && JSON.stringify(content).includes(words) ? [`${type} ${JSON.stringify(content)}`] : [],
  );
}

const redacts = (event: SeenEvent & { redacts?: string }) => event.content["redacts"] ?? event.redacts;

const inFiles = (words: string) => filesWith(words, [mindminder.dir]);
