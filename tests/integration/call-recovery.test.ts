import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Caller } from "../support/call/caller.ts";
import { StallingProxy } from "../support/stack/stalling-proxy.ts";
import { closed, heardWithin, speaker, Stage, until, untilHeard, untilSilent } from "../support/call/call-stage.ts";
import { slowness } from "../support/slowness.ts";
import { personId, roomId } from "../support/protocol/ids.ts";
import type { ParticipantId } from "../../appservice/protocol/identity.ts";

/** Milliseconds within which a meeting has to stand still once its floor is not kept any more. */
const NOTICED_WITHIN_MS = 5_000;

let stage: Stage;
let eve: Caller;
let network: StallingProxy;

beforeAll(async () => {
  stage = await Stage.open(undefined, async ({ httpUrl }) => (network = await StallingProxy.open(httpUrl)).url);
  await stage.floor(closed);
  await stage.join(personId("@ann:x"), { tone: 440 });
  await stage.join(personId("@bob:x"), { tone: 660 });
  eve = await stage.join(personId("@eve:x"), { tone: 880 });
  const heard = eve.ear("@ann:x").heard();
  await stage.floor(speaker(personId("@ann:x")));
  await heard;
});
afterAll(async () => {
  await stage.close();
  network.close();
});

async function noticedInTime(): Promise<void> {
  const [slow, from] = [slowness([process.pid, stage.livekit.pid]), performance.now()];
  await until("it is noticed", () => stage.told.includes("away"));
  expect(performance.now() - from).toBeLessThan(NOTICED_WITHIN_MS * slow());
}

/** Passes the word while LiveKit is of no use, and expects that the wish is not lost. */
async function theWordPassesMeanwhile(
  from: string,
  to: ParticipantId,
  mend: () => Promise<void> | void,
): Promise<void> {
  stage.calls.project(roomId(stage.room), { floor: speaker(to), metadata: stage.nextMetadata(), active: true });
  const heard = eve.ear(to).heard();
  await mend();
  await until("the floor is kept again", () => stage.told.includes("guarded"));
  await heard;
  await untilSilent(eve, from);
}

test("the network to LiveKit is cut and nothing is closed: it is noticed within 5 s, and afterwards the floor is as wished", async () => {
  stage.told.length = 0;
  network.stall();
  await noticedInTime();
  expect(stage.calls.away()).toEqual({ why: "silent" });
  await theWordPassesMeanwhile("@ann:x", personId("@bob:x"), () => network.flow());
  expect(stage.calls.away()).toBeNull();
  expect(stage.told).toEqual(["away", "connecting", "guarded"]);
});

test.each([
  ["behind", -3],
  ["ahead", 3],
])("our clock is hours %s, so LiveKit refuses us: it is noticed within 5 s, and how far it is", async (_, hours) => {
  stage.told.length = 0;
  const apart = hours * 3_600_000;
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + apart });
  try {
    await noticedInTime();
    const away = stage.calls.away();
    expect(away).toMatchObject({ why: "refuses", status: 401 });
    expect((away as { apartMs: number }).apartMs / Math.abs(apart)).toBeCloseTo(1, 1);
    const [from, to] = hours < 0 ? ["@bob:x", "@ann:x"] : ["@ann:x", "@bob:x"];
    await theWordPassesMeanwhile(from!, personId(to!), () => void vi.useRealTimers());
  } finally {
    vi.useRealTimers();
  }
});

test("LiveKit dies and comes back: people are in again by themselves, and the floor is as it was", async () => {
  stage.told.length = 0;
  await stage.livekit.kill();
  await noticedInTime();
  // A wish made meanwhile is not lost.
  stage.calls.project(roomId(stage.room), {
    floor: speaker(personId("@ann:x")),
    metadata: { meeting: null, record: 1_000 },
    active: true,
  });
  const heard = eve.ear("@ann:x").heard();
  await stage.livekit.restart();
  await until("the floor is kept again", () => stage.told.includes("guarded"));
  await until("all are back", () => stage.calls.connected(roomId(stage.room)).length === 3);
  await heard;
  await until("Eve is shown what was wished", () => JSON.parse(eve.room.metadata || "{}").record === 1_000);
  await untilSilent(eve, "@bob:x");
  const [ofBob] = await Promise.all([heardWithin(500, eve, "@bob:x"), untilHeard(eve, "@ann:x")]);
  expect(ofBob).toBe(0);
  expect(stage.told.filter((what) => what.includes("out-of-turn"))).toEqual([]);
});

test("nobody can be let in while LiveKit is away, and the caller is told so", async () => {
  await stage.livekit.kill();
  await expect(stage.calls.participantToken(roomId(stage.room), personId("@kim:x"), "Kim")).rejects.toThrow(
    "LiveKit did not open the room",
  );
});
