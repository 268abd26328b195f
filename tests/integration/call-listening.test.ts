import { setImmediate as nextTurn, setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { CallAccess } from "../../appservice/call/calls.ts";
import { CallMetadata } from "../../appservice/protocol/call-metadata.ts";
import { LocalAudioTrack } from "@livekit/rtc-node";
import { Caller, setMuted } from "../support/call/caller.ts";
import { heardWithin, open, speaker, Stage, until, untilHeard } from "../support/call/call-stage.ts";
import { slowness } from "../support/slowness.ts";
import { personId, roomId } from "../support/protocol/ids.ts";

let stage: Stage;
let ann: Caller;
let microphone: LocalAudioTrack;
const guests: Caller[] = [];

beforeAll(async () => {
  stage = await Stage.open();
  await stage.floor(speaker(personId("@ann:x")));
  ann = await stage.join(personId("@ann:x"));
  microphone = [...(ann.room.localParticipant?.trackPublications.values() ?? [])]
    .map(({ track }) => track)
    .find((track) => track instanceof LocalAudioTrack)!;
  await until("Ann has the word", () => stage.calls.settled(roomId(stage.room)));
});
// Leaves nobody to the next test, also when a test fails half-way.
afterEach(async () => {
  await Promise.all(guests.splice(0).map((guest) => guest.leave()));
  await until("no guest is shown any more", () => shown().every(({ id }) => id === "@ann:x"));
});
afterAll(() => stage.close());

const enter = async (access: CallAccess) => {
  const guest = await Caller.join(access);
  guests.push(guest);
  return guest;
};
const shown = () => CallMetadata.parse(JSON.parse(ann.room.metadata ?? "{}")).listening?.people ?? [];

/**
 * Settles once they hear Ann, with the question whether her client knew of them by then. The library hands sound on at
 * once and room events through a lock, so what had come before the sound is given the turn that it needs.
 */
async function shownWhenHeard(guest: Caller, id: string): Promise<boolean> {
  await guest.ear("@ann:x").heard();
  await nextTurn();
  return shown().some((each) => each.id === id);
}

/** Sound in which not even a syllable is understood. */
const BLINK_MS = 150;

/** Settles with the time at which Ann's client knows that they listen. */
function untilShown(id: string): Promise<number> {
  return new Promise((resolve) =>
    ann.room.on("roomMetadataChanged", () => {
      if (shown().some((each) => each.id === id)) resolve(performance.now());
    }),
  );
}

test.each([
  { when: "in a meeting", id: "@eve:x", active: true },
  { when: "before it, while people gather", id: "@kim:x", active: false },
])(
  "who comes into the call without a seat $when is shown to the speaker before they hear anything",
  async ({ id, active }) => {
    await stage.floor(active ? speaker(personId("@ann:x")) : open, { active });
    // On the open floor everybody opens their own microphone.
    if (!active) setMuted(microphone, false);
    const guest = await enter(await stage.calls.participantToken(roomId(stage.room), personId(id), "Guest"));
    expect(await shownWhenHeard(guest, id)).toBe(true);
    expect(shown()).toContainEqual({ id, name: "Guest" });
    expect(stage.calls.listening(roomId(stage.room))?.people).toEqual(shown());
    await guest.leave();
    await until("they are shown no more", () => shown().every((each) => each.id !== id));
  },
);

test("a token that LiveKit renewed lets them hear no word before they are shown, nor does another device of theirs", async () => {
  await stage.floor(speaker(personId("@ann:x")));
  const access = await stage.calls.participantToken(roomId(stage.room), personId("@lou:x"), "Lou");
  const first = await enter(access);
  await first.ear("@ann:x").heard();
  const renewed = { ...access, token: first.room.token ?? "" };
  expect(renewed.token).not.toBe(access.token);
  const second = await enter(renewed);
  await until("the first device is out", () => !first.room.isConnected);
  await second.ear("@ann:x").heard();
  await until("they are shown by the second", () => shown().some(({ id }) => id === "@lou:x"));
  await second.leave();
  await until("they are shown no more", () => shown().every(({ id }) => id !== "@lou:x"));
  const [told, slow] = [untilShown("@lou:x"), slowness([process.pid, stage.livekit.pid])];
  const third = await enter({ ...access, token: second.room.token ?? "" });
  const shownAt = await told;
  // LiveKit lets such a token hear by itself: showing races with connecting, and is at most a blink behind.
  const heardBeforeMs = third.ear("@ann:x").heardMs - (performance.now() - shownAt);
  expect(heardBeforeMs).toBeLessThan(BLINK_MS * slow());
  await third.ear("@ann:x").heard();
});

test("while nobody can show them, they hear nothing; whoever heard before goes on hearing", async () => {
  const mia = await enter(await stage.calls.participantToken(roomId(stage.room), personId("@mia:x"), "Mia"));
  await mia.ear("@ann:x").heard();
  const access = await stage.calls.participantToken(roomId(stage.room), personId("@max:x"), "Max");
  stage.onTheWay = async () => {};
  await stage.calls.close();
  const max = await enter(access);
  expect(await heardWithin(600, max, "@ann:x")).toBe(0);
  await untilHeard(mia, "@ann:x");
  stage.calls = stage.startCalls();
  stage.onTheWay = (deliver) => deliver();
  const before = mia.ear("@ann:x").heardMs;
  const [slow, from] = [slowness([process.pid, stage.livekit.pid]), performance.now()];
  await stage.floor(speaker(personId("@ann:x")));
  await max.ear("@ann:x").heard();
  const ids = () => shown().map(({ id }) => id);
  await until("all three are shown", () => ids().sort().join() === "@ann:x,@max:x,@mia:x");
  // Sound of some length to be heard, or missed.
  await wait(300);
  expect(mia.ear("@ann:x").heardMs - before).toBeGreaterThan(((performance.now() - from) * 0.6) / slow());
});
