import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Caller } from "../support/call/caller.ts";
import { startLiveKitNodes, type LiveKitNodes } from "../support/stack/livekit-nodes.ts";
import type { LiveKit } from "../support/stack/livekit.ts";
import { LONG } from "../support/stack/long.ts";
import { heardWithin, speaker, Stage, until, untilHeard, untilSilent } from "../support/call/call-stage.ts";
import { personId, roomId } from "../support/protocol/ids.ts";

// The people are back within 6 to 13 s, most of which passes until the death is noticed.
describe.runIf(LONG)("two LiveKit nodes on one Redis", () => {
  let stage: Stage;
  let livekit: LiveKitNodes;
  let eve: Caller;

  beforeAll(async () => {
    stage = await Stage.open(async (options) => (livekit = await startLiveKitNodes(options)));
    await stage.floor(speaker(personId("@ann:x")));
    await stage.join(personId("@ann:x"), { tone: 440 });
    await stage.join(personId("@bob:x"), { tone: 660 });
    eve = await stage.join(personId("@eve:x"), { tone: 880 });
    await eve.ear("@ann:x").heard();
  });
  afterAll(() => stage?.close());

  test("the one that holds the meeting is killed: people are in again on the other, and the floor is as it was", async () => {
    const sessions = (node: LiveKit) => readFileSync(node.log, "utf8").split("starting RTC session").length - 1;
    const holds = livekit.nodes.find((node) => sessions(node) > 0);
    const other = livekit.nodes.find((node) => node !== holds);
    // Three people, and the service's own ears.
    expect(sessions(holds!)).toBeGreaterThanOrEqual(4);
    expect(sessions(other!)).toBe(0);
    stage.told.length = 0;
    const heard = eve.ear("@ann:x").heard();
    await holds!.kill();
    await until("it is noticed", () => stage.told.some((what) => what === "connecting" || what === "away"));
    await until("the floor is kept again", () => stage.told.includes("guarded"), 60_000);
    await until("all are back", () => stage.calls.connected(roomId(stage.room)).length === 3, 60_000);
    await heard;
    expect(sessions(other!)).toBeGreaterThanOrEqual(4);
    await untilSilent(eve, "@bob:x");
    const [ofBob] = await Promise.all([heardWithin(500, eve, "@bob:x"), untilHeard(eve, "@ann:x")]);
    expect(ofBob).toBe(0);
    expect(stage.told.filter((what) => what.includes("out-of-turn"))).toEqual([]);
  });
});
