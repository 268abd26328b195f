import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { Follower } from "../support/rogue/follows.ts";
import { type LiveKitNodes, startLiveKitNodes } from "../support/stack/livekit-nodes.ts";
import type { LiveKit } from "../support/stack/livekit.ts";
import { LONG } from "../support/stack/long.ts";
import { MatrixPerson } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";

const PAIRS = `id: assembly
title: Pairs
phases:
  - { kind: rings, scenario: council, seconds: 3600, size: { least: 2, most: 2 }, delegate: lot }
`;
const NAMES = ["ann", "bob", "eve", "dan"];
const PATIENCE = { timeout: 120_000, interval: 100 };

// The people are back within some 15 s, most of which passes until the death is noticed.
describe.runIf(LONG)("an assembly on two LiveKit nodes", () => {
  let mindminder: Mindminder;
  let livekit: LiveKitNodes;
  let people: MatrixPerson[];
  let pages: ReadonlyMap<string, WidgetPerson>;
  const inCalls = new Map<string, Follower>();

  const rings = async () => (await pages.get(people[0]!.userId)!.ask("assembly")).body.assembly?.rings ?? [];
  const seats = async () => (await rings()).map(({ people: sitting }) => sitting.map(({ id }) => id).toSorted());

  beforeAll(async () => {
    const dir = await mkdtemp(join(tmpdir(), "mindminder-"));
    const assemblies = join(dir, "assemblies");
    await mkdir(assemblies);
    await writeFile(join(assemblies, "pairs.yaml"), PAIRS);
    mindminder = await startMindminder({
      dir,
      config: { speech: { engine: "off" }, assemblies },
      livekitBy: async (options) => (livekit = await startLiveKitNodes(options)),
    });
    people = await Promise.all(NAMES.map((name) => MatrixPerson.register(mindminder.synapse, name, name)));
    const room = await roomWithBot(mindminder, people[0]!, ...people.slice(1));
    pages = new Map(
      await Promise.all(
        people.map(async (each) => [each.userId, await WidgetPerson.open(mindminder.url, room, each)] as const),
      ),
    );
    for (const [id, page] of pages) inCalls.set(id, await Follower.join(() => page.call()));
    const [ann] = people as [MatrixPerson];
    expect(await ann.command(room, "!circle assembly open")).toBe("✅");
    for (const each of people) expect(await each.command(room, "!circle assembly join")).toBe("✅");
    expect(await ann.command(room, "!circle assembly start our garden")).toBe("✅");
    await vi.waitFor(async () => {
      const states = (await rings()).map(({ status, people: sitting }) => [status, sitting.every(({ here }) => here)]);
      expect(states).toEqual([
        ["running", true],
        ["running", true],
      ]);
    }, PATIENCE);
  });

  afterAll(async () => {
    await Promise.all([...inCalls.values()].map((each) => each.leave()));
    await Promise.all((people ?? []).map((each) => each.close()));
    await mindminder?.stop();
  });

  test("one that holds rings is killed: all are back in their own ring on the other, and its turns go on", async () => {
    const before = await seats();
    const sessions = (node: LiveKit) => readFileSync(node.log, "utf8").split("starting RTC session").length - 1;
    // Each ring is on one of them, both maybe on the same.
    const [holds, other] = livekit.nodes.toSorted((one, two) => sessions(two) - sessions(one));
    const held = sessions(other!);
    await holds!.kill();
    await vi.waitFor(() => expect(sessions(other!)).toBeGreaterThan(held), PATIENCE);
    await vi.waitFor(async () => {
      const all = await rings();
      expect(all.flatMap(({ people: sitting }) => sitting.map(({ here }) => here))).toEqual([true, true, true, true]);
      expect(all.map(({ status, speaker }) => [status, speaker !== null])).toEqual([
        ["running", true],
        ["running", true],
      ]);
    }, PATIENCE);
    expect(await seats()).toEqual(before);
    // In each ring whoever has the word is heard by the other.
    for (const { speaker, people: sitting } of await rings()) {
      const listens = sitting.find(({ id }) => id !== speaker)?.id ?? "";
      const heardMs = () => inCalls.get(listens)?.caller.ear(speaker!).heardMs ?? 0;
      const before = heardMs();
      await vi.waitFor(() => expect(heardMs()).toBeGreaterThan(before), PATIENCE);
      expect((await pages.get(speaker!)!.steer("pass")).status).toBe(200);
      await vi.waitFor(async () => expect((await rings()).map((ring) => ring.speaker)).toContain(listens), PATIENCE);
    }
  }, 400_000);
});
