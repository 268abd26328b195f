import { afterAll, beforeAll, expect, test } from "vitest";
import type { Caller } from "../bench/caller.ts";
import { closed, heardWithin, speaker, Stage, until, untilSilent } from "./call-stage.ts";

let stage: Stage;
let eve: Caller;

beforeAll(async () => {
  stage = await Stage.open();
  await stage.floor(closed);
  await stage.join("@ann:x", { tone: 440 });
  await stage.join("@bob:x", { tone: 660 });
  eve = await stage.join("@eve:x", { tone: 880 });
  const heard = eve.ear("@ann:x").heard();
  await stage.floor(speaker("@ann:x"));
  await heard;
});
afterAll(() => stage.close());

test("LiveKit dies and comes back: people are in again by themselves, and the floor is as it was", async () => {
  stage.told.length = 0;
  await stage.livekit.kill();
  await until("it is noticed", () => stage.told.includes("away"), 15_000);
  // What is wished meanwhile is not lost.
  stage.calls.project(stage.room, { floor: speaker("@bob:x"), metadata: { meeting: null, record: 1_000 }, active: true });
  const heard = eve.ear("@bob:x").heard();
  await stage.livekit.restart();
  await until("the floor is kept again", () => stage.told.includes("guarded"), 15_000);
  await until("all are back", () => stage.calls.connected(stage.room).length === 3, 30_000);
  await heard;
  expect(JSON.parse(eve.room.metadata ?? "{}").record).toBe(1_000);
  await untilSilent(eve, "@ann:x");
  const [ofAnn, ofBob] = await Promise.all([heardWithin(500, eve, "@ann:x"), heardWithin(500, eve, "@bob:x")]);
  expect(ofBob).toBeGreaterThan(100);
  expect(ofAnn).toBe(0);
  expect(stage.told.filter((what) => what.includes("out-of-turn"))).toEqual([]);
});

test("nobody can be let in while LiveKit is away, and the caller is told so", async () => {
  await stage.livekit.kill();
  await expect(stage.calls.participantToken(stage.room, "@kim:x", "Kim")).rejects.toThrow("LiveKit did not open the room");
});
