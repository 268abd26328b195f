import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { AssemblyCommandRequest, AssemblyMap, RingOnMap } from "../../appservice/protocol/assembly-map.ts";
import { MEETING_STATE } from "../../appservice/protocol/namespace.ts";
import { MatrixPerson, type SeenEvent } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";

const SIXES = `id: assembly
title: Sixes
graceSeconds: 0
phases:
  - { kind: rings, scenario: council, seconds: 3600, size: { least: 4, most: 6 }, delegate: consent }
  - { kind: delegates, scenario: council, seconds: 3600 }
  - { kind: rings, company: same, scenario: council, seconds: 3600, size: { least: 4, most: 6 } }
`;
const PEOPLE = 24;
const LEAVING = 20;
const PATIENCE = { timeout: 120_000, interval: 100 };

type RingState = { readonly people: readonly { readonly id: string; readonly presence: string }[] };

let mindminder: Mindminder;
let people: MatrixPerson[];
let pages: Map<string, WidgetPerson>;
let room: string;
let keeper: string;

const watching = () => people[0]!;
const page = (id: string) => pages.get(id)!;

async function map(by = keeper): Promise<AssemblyMap> {
  const { assembly } = (await page(by).ask("assembly")).body;
  if (!assembly) throw new Error("no assembly runs");
  return assembly;
}

const ask = async (id: string, command: AssemblyCommandRequest) =>
  (await page(id).ask("assemblyCommand", command)).status;

async function ringOf(id: string): Promise<RingOnMap> {
  const ring = (await map()).rings.find((each) => each.people.some((one) => one.id === id));
  if (!ring) throw new Error(`${id} sits in no ring`);
  return ring;
}

/** Kills the service while it does something, of which it may not even answer, and starts it again. */
async function killedIn(work: () => Promise<unknown>): Promise<void> {
  const done = work().catch(() => null);
  await mindminder.killService();
  await mindminder.startService();
  await done;
}

/** Everybody sits in one ring, on the map as in the state of each ring in the room. */
async function nobodyIsLost(count: number): Promise<void> {
  await vi.waitFor(async () => {
    const { rings } = await map();
    const sitting = rings.flatMap((ring) => ring.people.map(({ id }) => id));
    expect([sitting.length, new Set(sitting).size]).toEqual([count, count]);
    for (const { number, people: placed } of rings) {
      const state = await watching().state<RingState>(room, MEETING_STATE, String(number));
      const inRoom = (state?.people ?? []).filter(({ presence }) => presence !== "left").map(({ id }) => id);
      expect(inRoom.toSorted()).toEqual(placed.flatMap(({ id, seated }) => (seated ? [id] : [])).toSorted());
    }
  }, PATIENCE);
}

beforeAll(async () => {
  const dir = await mkdtemp(join(tmpdir(), "mindminder-"));
  const assemblies = join(dir, "assemblies");
  await mkdir(assemblies);
  await writeFile(join(assemblies, "sixes.yaml"), SIXES);
  const limits = { sessions: 100_000, requests: 100_000, files: 100_000, failures: 100_000 };
  mindminder = await startMindminder({
    dir,
    config: { speech: { engine: "off" }, assemblies, service: { limits } },
  });
  const accounts = await Promise.all(
    Array.from({ length: PEOPLE }, (_, at) => mindminder.synapse.registerUser(`p${at}`, { displayName: `p${at}` })),
  );
  const { url } = mindminder.synapse;
  people = await Promise.all(
    accounts.map((each, at) => (at < 2 ? MatrixPerson.open(url, each) : MatrixPerson.absent(url, each))),
  );
  room = await roomWithBot(mindminder, watching(), ...people.slice(1));
  pages = new Map(
    await Promise.all(
      people.map(async (each) => [each.userId, await WidgetPerson.open(mindminder.url, room, each)] as const),
    ),
  );
  expect(await watching().command(room, "!circle assembly open")).toBe("✅");
  let answered = 0;
  const stop = watching().listen(({ type }) => {
    if (type === "m.reaction") answered += 1;
  });
  await Promise.all(people.map((each) => each.say(room, "!circle assembly join")));
  await vi.waitFor(() => expect(answered).toBe(PEOPLE), PATIENCE);
  stop();
}, 300_000);

afterAll(async () => {
  await Promise.all((people ?? []).slice(0, 2).map((each) => each.close()));
  await mindminder?.stop();
});

test("two who start at once start one assembly, and everybody sits in one ring of it", async () => {
  const [one, other] = people as [MatrixPerson, MatrixPerson];
  const answers = await Promise.all(
    [one, other].map((each) => each.command(room, "!circle assembly start our garden")),
  );
  expect(answers.filter((answer) => answer === "✅")).toHaveLength(1);
  keeper = answers[0] === "✅" ? one.userId : other.userId;
  expect((await map()).keeper).toBe(keeper);
  await nobodyIsLost(PEOPLE);
});

test("killed in mid-move, the service goes on with everybody in one ring", async () => {
  const moving = [...(await map()).rings].flatMap((ring) => ring.people[0]?.id ?? []).slice(0, 2);
  for (const who of moving) {
    const { number } = await ringOf(who);
    const to = number === 1 ? 2 : 1;
    await killedIn(() => page(keeper).ask("assemblySeat", { who, to }));
    await nobodyIsLost(PEOPLE);
    expect([number, to]).toContain((await ringOf(who)).number);
  }
});

test("killed while a ring agrees on its delegate, and at the end of a part, it loses no vote and no part", async () => {
  const ring = await ringOf(keeper);
  const [named, ...others] = ring.people.map(({ id }) => id);
  if (!named) throw new Error("a ring has people");
  expect(await ask(named, { type: "name-delegate", who: named })).toBe(200);
  await killedIn(() => ask(others[0]!, { type: "agree-delegate" }));
  expect((await ringOf(keeper)).named).toMatchObject({ who: named, agreed: expect.arrayContaining([named]) });
  for (const each of others) if ((await ringOf(keeper)).delegate === null) await ask(each, { type: "agree-delegate" });
  expect((await ringOf(keeper)).delegate).toBe(named);

  const rings = (await map()).rings.length;
  await killedIn(() => ask(keeper, { type: "go-on" }));
  if ((await map()).phase.number === 1) expect(await ask(keeper, { type: "go-on" })).toBe(200);
  const together = async () => {
    const { phase, rings: now } = await map();
    const seated = now[0]?.people.filter((each) => each.seated) ?? [];
    return { stands: [phase.number, phase.kind, now.length, seated.length], seated };
  };
  await expect.poll(async () => (await together()).stands, PATIENCE).toEqual([2, "delegates", 1, rings]);
  const { seated } = await together();
  expect(seated.find(({ id }) => id === named)?.speaksFor).toBe(ring.number);
  await nobodyIsLost(PEOPLE);
});

test("a keeper who comes back by another page has the same rights, and nobody else has", async () => {
  const back = await WidgetPerson.open(mindminder.url, room, people.find(({ userId }) => userId === keeper)!);
  pages.set(keeper, back);
  expect(await ask(keeper, { type: "more-time", byMs: 60_000 })).toBe(200);
  const other = people.find(({ userId }) => userId !== keeper && userId !== watching().userId)!;
  expect(await ask(other.userId, { type: "more-time", byMs: 60_000 })).toBe(409);
});

test("twenty leave at once: those who stay sit together, and the assembly goes on to its end", async () => {
  expect(await ask(keeper, { type: "go-on" })).toBe(200);
  await nobodyIsLost(PEOPLE);
  const stay = new Set([watching().userId, keeper]);
  const leaving = people.filter(({ userId }) => !stay.has(userId)).slice(0, LEAVING);
  await Promise.all(leaving.map((each) => each.ask("POST", `/rooms/${encodeURIComponent(room)}/leave`, {})));
  await nobodyIsLost(PEOPLE - LEAVING);
  await expect.poll(async () => (await map()).rings.length, PATIENCE).toBe(1);
  expect(await page(keeper).command({ type: "pass", expectedVersion: 0 })).toMatchObject({ status: 409 });
  expect(await people.find(({ userId }) => userId === keeper)!.command(room, "!circle assembly end")).toBe("✅");
});

test("without its database the service knows of no assembly, tells the room so once, and opens another", async () => {
  const ann = watching();
  expect(await ann.command(room, "!circle assembly open")).toBe("✅");
  expect(await ann.command(room, "!circle assembly join")).toBe("✅");
  expect(await ann.command(room, "!circle assembly start our garden")).toBe("✅");
  // The room has to know of it: nothing else will.
  await expect.poll(async () => (await ann.state(room, MEETING_STATE, "1"))?.["phase"], PATIENCE).toBe("gathering");
  await mindminder.killService();
  const files = (await readdir(mindminder.dir)).filter((name) => name.startsWith("mindminder.db"));
  expect(files.length).toBeGreaterThan(0);
  await Promise.all(files.map((name) => rm(join(mindminder.dir, name), { recursive: true })));
  const lost = ({ type, content }: SeenEvent) =>
    type === "m.room.message" && String(content["body"]).startsWith("My notes of this assembly were lost");
  const told = ann.next(room, lost, "the loss being told");
  await mindminder.startService();
  await told;
  await expect.poll(async () => (await ann.state(room, MEETING_STATE, "1"))?.["phase"], PATIENCE).toBe("ended");
  await mindminder.killService();
  await mindminder.startService();
  expect(await ann.command(room, "!circle assembly ready")).not.toBe("✅");
  expect((await ann.history(room)).filter(lost)).toHaveLength(1);
  expect(await ann.command(room, "!circle assembly open")).toBe("✅");
});
