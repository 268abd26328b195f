import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Redis as Client } from "ioredis";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import type { Caller } from "../support/call/caller.ts";
import { closed, heardWithin, speaker, Stage, until, untilHeard, untilSilent } from "../support/call/call-stage.ts";
import { personId, roomId } from "../support/protocol/ids.ts";
import { startLiveKitNodes, type LiveKitNodes } from "../support/stack/livekit-nodes.ts";
import { LONG } from "../support/stack/long.ts";

const TEMPLATE = resolve(import.meta.dirname, "../../docker/templates/livekit.yaml");
/** Way in which a node is chosen, as docker/prepare.sh writes it. */
const { node_selector } = z
  .looseObject({ node_selector: z.looseObject({ kind: z.string() }) })
  .parse(parse(readFileSync(TEMPLATE, "utf8").replaceAll(/@\w+@/g, "x")));

// Nodes tell each other every two seconds what they hold, and one that drains looks every five whether it is empty.
describe.runIf(LONG)("two LiveKit nodes that share the calls", () => {
  let stage: Stage;
  let livekit: LiveKitNodes;
  let redis: Client;

  beforeEach(async () => {
    stage = await Stage.open(
      async (options) => (livekit = await startLiveKitNodes({ ...options, changes: { node_selector } })),
    );
    redis = new Client(`redis://${livekit.redis}`);
  });
  afterEach(async () => {
    redis.disconnect();
    await stage.close();
  });

  /** Node of each call, by LiveKit's own list. */
  const places = () => redis.hgetall("room_node_map");
  /** Waits until each node that is up has told of itself twice: what it held before is known to all. */
  const allIsTold = async () => {
    for (const _ of [1, 2]) {
      const before = await redis.hgetall("nodes");
      const told = async () => Object.entries(await redis.hgetall("nodes")).every(([id, is]) => is !== before[id]);
      await until("all nodes have told what they hold", told);
    }
  };

  test("calls come to the node with the fewest", async () => {
    for (const name of ["!one", "!two", "!three", "!four"]) {
      stage.calls.project(roomId(name), { floor: closed, metadata: stage.nextMetadata(), active: true });
      await until("the call is there", () => stage.calls.settled(roomId(name)));
      await allIsTold();
    }
    const held = Object.values(Object.groupBy(Object.values(await places()), (node) => node));
    expect(held.map((calls) => calls?.length)).toEqual([2, 2]);
  });

  test("a node that is drained ends no turn: the word goes on, new calls begin elsewhere, and it ends when it is empty", async () => {
    const [ann, bob] = [personId("@ann:x"), personId("@bob:x")];
    await stage.floor(speaker(ann));
    const callers: Caller[] = [await stage.join(ann, { tone: 440 }), await stage.join(bob, { tone: 660 })];
    const eve = await stage.join(personId("@eve:x"), { tone: 880 });
    await eve.ear(ann).heard();
    const [[name = "", node] = []] = Object.entries(await places());
    const holds = livekit.nodes.find(({ log }) => readFileSync(log, "utf8").includes("starting RTC session"));
    stage.told.length = 0;
    let ended = false;
    const drained = holds!.drain().then(() => (ended = true));

    await untilHeard(eve, ann);
    await stage.floor(speaker(bob));
    await untilHeard(eve, bob);
    await untilSilent(eve, ann);
    expect(stage.told).toEqual([]);
    const next = roomId("!next");
    stage.calls.project(next, { floor: closed, metadata: stage.nextMetadata(), active: true });
    await until("the next call is there", () => stage.calls.settled(next));
    const { [name]: same, ...others } = await places();
    expect([same, Object.values(others).every((other) => other !== node)]).toEqual([node, true]);
    expect(await heardWithin(500, eve, bob)).toBeGreaterThan(100);
    expect([ended, stage.told.filter((what) => /came|went|away/.test(what))]).toEqual([false, []]);

    stage.calls.project(roomId(stage.room), { floor: closed, metadata: stage.nextMetadata(), active: false });
    await Promise.all([...callers, eve].map((caller) => caller.leave()));
    await drained;
  });
});
