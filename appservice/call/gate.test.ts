import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Floor } from "../circle/floor.ts";
import { Gate } from "./gate.ts";
import type { Track } from "./gate-rules.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import { personId } from "../../tests/support/protocol/ids.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const speaker = (id: ParticipantId): Floor => ({ mode: "speaker", speaker: id });
const closed: Floor = { mode: "closed" };
const microphone = (id: string, open: boolean): Track => ({
  sid: `${id}'s`,
  kind: "audio",
  source: "microphone",
  open,
});
const person = (id: ParticipantId, open: boolean, mayPublish = true) => ({
  id,
  sid: `PA_${id}`,
  joinedAt: 0,
  mayPublish,
  tracks: mayPublish ? [microphone(id, open)] : [],
});

class Gone extends Error {}

/** Makes a gate whose requests are written down, and answered when the test says so. */
function scene(floor: Floor) {
  const asked: string[] = [];
  const violations: string[] = [];
  const waiting: { resolve(): void; reject(error: Error): void }[] = [];
  const clock = { now: 0 };
  const ask = (what: string) => {
    asked.push(what);
    return new Promise<void>((resolve, reject) => waiting.push({ resolve, reject }));
  };
  const gate = new Gate({
    hands: {
      setMuted: (id, _track, muted) => ask(`${muted ? "mute" : "unmute"} ${id}`),
      setMayPublish: (id, may) => ask(`${may ? "grant" : "revoke"} ${id}`),
    },
    onViolation: (id, offence) => violations.push(`${id} ${offence}`),
    isGone: (error) => error instanceof Gone,
    onFailure: () => {},
    now: () => clock.now,
  });
  gate.setFloor(floor);
  return {
    gate,
    clock,
    violations,
    /** Requests since the last look. */
    asked: () => asked.splice(0),
    async answered() {
      while (waiting.length > 0) {
        waiting.shift()?.resolve();
        await turn();
      }
    },
    async failed(error = new Error("LiveKit is away")) {
      for (const one of waiting.splice(0)) one.reject(error);
      await turn();
    },
  };
}

async function annSpeaks() {
  const s = scene(speaker(personId("@ann:x")));
  s.gate.replace([
    person(personId("@ann:x"), true),
    person(personId("@bob:x"), false),
    person(personId("@eve:x"), false),
  ]);
  await s.answered();
  s.asked();
  return s;
}

test("a pass mutes the old speaker and opens the new one in the same moment", async () => {
  const { gate, asked } = await annSpeaks();
  gate.setFloor(speaker(personId("@bob:x")));
  expect(asked().sort()).toEqual(["mute @ann:x", "unmute @bob:x"]);
});

test("the same floor again asks for nothing", async () => {
  const { gate, asked } = await annSpeaks();
  gate.setFloor(speaker(personId("@ann:x")));
  expect(asked()).toEqual([]);
});

test("what was open before the watcher came in is muted, and held against nobody", async () => {
  const s = scene(speaker(personId("@ann:x")));
  s.gate.replace([person(personId("@ann:x"), false), person(personId("@bob:x"), true)]);
  expect(s.asked().sort()).toEqual(["mute @bob:x", "unmute @ann:x"]);
  await s.answered();
  expect(s.violations).toEqual([]);
});

test("who unmutes out of turn is silenced at once", async () => {
  const s = await annSpeaks();
  s.gate.unmuted(personId("@bob:x"), "@bob:x's");
  expect(s.asked()).toEqual(["revoke @bob:x"]);
  await s.answered();
  expect(s.violations).toEqual(["@bob:x unmuted-out-of-turn"]);
});

test("a silenced person gets their voice back with their next turn, and it is opened when they publish anew", async () => {
  const s = await annSpeaks();
  s.gate.unmuted(personId("@bob:x"), "@bob:x's");
  await s.answered();
  s.gate.unpublished(personId("@bob:x"), "@bob:x's");
  s.gate.setFloor(speaker(personId("@eve:x")));
  await s.answered();
  s.asked();

  s.gate.setFloor(speaker(personId("@bob:x")));
  expect(s.asked().sort()).toEqual(["grant @bob:x", "mute @eve:x"]);
  await s.answered();
  s.gate.published(personId("@bob:x"), microphone("@bob:x", false));
  expect(s.asked()).toEqual(["unmute @bob:x"]);
});

test("the old speaker is not punished while the mute is under way", async () => {
  const s = await annSpeaks();
  s.gate.setFloor(speaker(personId("@bob:x")));
  s.asked();
  // Ann's own click, made before she saw the floor move on.
  s.gate.unmuted(personId("@ann:x"), "@ann:x's");
  await s.answered();
  expect(s.asked()).toEqual(["mute @ann:x"]);
  expect(s.violations).toEqual([]);
});

test("the benefit of the doubt is given once", async () => {
  const s = await annSpeaks();
  s.gate.setFloor(speaker(personId("@bob:x")));
  await s.answered();
  s.gate.unmuted(personId("@ann:x"), "@ann:x's");
  await s.answered();
  s.gate.unmuted(personId("@ann:x"), "@ann:x's");
  await s.answered();
  expect(s.violations).toEqual(["@ann:x unmuted-out-of-turn"]);
});

test("and not for long", async () => {
  const s = await annSpeaks();
  s.gate.setFloor(speaker(personId("@bob:x")));
  await s.answered();
  s.clock.now = 2_000;
  s.gate.unmuted(personId("@ann:x"), "@ann:x's");
  await s.answered();
  expect(s.violations).toEqual(["@ann:x unmuted-out-of-turn"]);
});

test("our own unmute that is told late, after the word has moved on, is undone and nobody's fault", async () => {
  const s = await annSpeaks();
  s.gate.setFloor(speaker(personId("@bob:x")));
  s.gate.setFloor(speaker(personId("@eve:x")));
  s.clock.now = 5_000;
  s.gate.unmuted(personId("@bob:x"), "@bob:x's");
  await s.answered();
  expect(
    s
      .asked()
      .filter((what) => what.endsWith("@bob:x"))
      .at(-1),
  ).toBe("mute @bob:x");
  expect(s.violations).toEqual([]);
});

test("a mute waits for no answer to an unmute, and is said again after it: LiveKit may do the two in any order", async () => {
  const s = await annSpeaks();
  s.gate.setFloor(speaker(personId("@bob:x")));
  s.gate.setFloor(closed);
  expect(s.asked().filter((what) => what.endsWith("@bob:x"))).toEqual(["unmute @bob:x", "mute @bob:x"]);
  await s.answered();
  expect(s.asked().filter((what) => what.endsWith("@bob:x"))).toEqual(["mute @bob:x"]);
  expect(s.gate.settled).toBe(true);
});

test("a mute that fails is sent again after a second at most, however often it failed", async () => {
  const s = await annSpeaks();
  s.gate.setFloor(closed);
  expect(s.asked()).toEqual(["mute @ann:x"]);
  for (let time = 0; time < 8; time++) {
    await s.failed();
    await vi.advanceTimersByTimeAsync(time === 0 ? 250 : 1_000);
    expect(s.asked()).toEqual(["mute @ann:x"]);
  }
  s.gate.close();
});

test("a pause of a few milliseconds ends with the microphone open", async () => {
  const s = await annSpeaks();
  s.gate.setFloor(closed);
  s.gate.setFloor(speaker(personId("@ann:x")));
  await s.answered();
  expect(s.asked()).toEqual(["mute @ann:x", "unmute @ann:x"]);
});

test("who dropped out with the word and returns with an open microphone is muted, not punished", async () => {
  const s = await annSpeaks();
  s.gate.left(person(personId("@ann:x"), false));
  s.gate.setFloor(speaker(personId("@bob:x")));
  await s.answered();
  s.asked();
  s.clock.now = 15_000;
  s.gate.arrived({ ...person(personId("@ann:x"), true), tracks: [] });
  s.gate.published(personId("@ann:x"), microphone("@ann:x", true));
  expect(s.asked()).toEqual(["mute @ann:x"]);
});

test("nor is whoever lost the word while LiveKit was away, and is back before or after the watcher", async () => {
  for (const order of ["before", "after"]) {
    const s = await annSpeaks();
    s.gate.setFloor(speaker(personId("@bob:x")));
    await s.failed();
    s.clock.now = 30_000;
    const back = { ...person(personId("@ann:x"), true), sid: "PA_new", tracks: [] };
    s.gate.replace(order === "before" ? [back] : []);
    if (order === "after") s.gate.arrived(back);
    s.gate.published(personId("@ann:x"), microphone("@ann:x", true));
    await s.answered();
    expect(s.violations).toEqual([]);
    s.gate.close();
  }
});

test("who was surely muted before they went is not forgiven for coming back open", async () => {
  const s = await annSpeaks();
  s.gate.left(person(personId("@bob:x"), false));
  s.gate.arrived({ ...person(personId("@bob:x"), true), sid: "PA_new", tracks: [] });
  s.gate.published(personId("@bob:x"), microphone("@bob:x", true));
  await s.answered();
  expect(s.violations).toEqual(["@bob:x published-out-of-turn"]);
});

test("a mute that failed is asked for again, and the latest floor wins", async () => {
  const s = await annSpeaks();
  s.gate.setFloor(speaker(personId("@bob:x")));
  s.asked();
  await s.failed();
  expect(s.gate.settled).toBe(false);
  s.gate.setFloor(speaker(personId("@ann:x")));
  await s.answered();
  expect(s.asked()).toEqual([]);
  expect(s.gate.settled).toBe(true);
  s.gate.close();
});

test("a request that hangs about a track that is gone holds up nothing", async () => {
  const s = await annSpeaks();
  s.gate.setFloor(speaker(personId("@bob:x")));
  s.asked();
  // LiveKit has been restarted: Ann is there anew, while the request about her old track waits for an answer.
  s.gate.arrived({ ...person(personId("@ann:x"), true), sid: "PA_new", tracks: [] });
  s.gate.published(personId("@ann:x"), { ...microphone("@ann:x", true), sid: "new" });
  expect(s.asked()).toEqual(["mute @ann:x"]);
});

test("that an old connection is gone says nothing of the new one", async () => {
  const s = await annSpeaks();
  s.gate.setFloor(speaker(personId("@bob:x")));
  s.gate.arrived({ ...person(personId("@ann:x"), false), sid: "PA_new" });
  await s.failed(new Gone());
  s.asked();
  s.gate.setFloor(speaker(personId("@ann:x")));
  expect(s.asked()).toContain("unmute @ann:x");
  s.gate.close();
});

test("the floor opens: everybody has their voice back, nobody is unmuted", async () => {
  const s = scene(speaker(personId("@ann:x")));
  s.gate.replace([
    person(personId("@ann:x"), true),
    person(personId("@bob:x"), false, false),
    person(personId("@eve:x"), false),
  ]);
  s.asked();
  s.gate.setFloor({ mode: "open" });
  expect(s.asked().sort()).toEqual(["grant @bob:x", "mute @ann:x"]);
});

test("what is said of a track that is still being published is said again, for the client may have ignored it", async () => {
  const s = await bobIsBackAndHasTheWord();
  s.asked();
  s.gate.published(personId("@bob:x"), microphone("@bob:x", false));
  await s.answered();
  expect(s.asked()).toEqual(["unmute @bob:x"]);
  // As long as the gate waits before it sends the request again.
  await vi.advanceTimersByTimeAsync(300);
  expect(s.asked()).toEqual(["unmute @bob:x"]);
  // Bob mutes himself a little later, as he may.
  s.clock.now = 6_200;
  s.gate.muted(personId("@bob:x"), "@bob:x's");
  // Long enough to see that no request is sent once more.
  await vi.advanceTimersByTimeAsync(900);
  expect(s.asked()).toEqual([]);
  s.gate.close();
});

test.each([
  ["before LiveKit has answered us", false],
  ["a moment later", true],
])(
  "a client that is still publishing says that its microphone is closed, %s: it is opened once more, and then closing it is theirs",
  async (_, isAnswered) => {
    const s = await annSpeaks();
    s.gate.setFloor(speaker(personId("@bob:x")));
    await s.answered();
    s.gate.unpublished(personId("@bob:x"), "@bob:x's");
    s.asked();
    s.clock.now = 5_000;
    s.gate.published(personId("@bob:x"), microphone("@bob:x", false));
    expect(s.asked()).toEqual(["unmute @bob:x"]);
    if (isAnswered) await s.answered();
    s.gate.unmuted(personId("@bob:x"), "@bob:x's");
    s.clock.now = 5_060;
    s.gate.muted(personId("@bob:x"), "@bob:x's");
    await s.answered();
    expect(s.asked()).toEqual(["unmute @bob:x"]);
    s.gate.unmuted(personId("@bob:x"), "@bob:x's");
    s.gate.muted(personId("@bob:x"), "@bob:x's");
    await s.answered();
    expect(s.asked()).toEqual([]);
    expect(s.violations).toEqual([]);
    s.gate.close();
  },
);

test("a browser that takes seconds to publish is told until it has, and no longer than its turn", async () => {
  const s = await annSpeaks();
  s.clock.now = 5_000;
  s.gate.setFloor(speaker(personId("@bob:x")));
  await s.answered();
  s.gate.unpublished(personId("@bob:x"), "@bob:x's");
  s.asked();
  s.gate.published(personId("@bob:x"), microphone("@bob:x", false));
  await s.answered();
  expect(s.asked()).toEqual(["unmute @bob:x"]);
  for (const [upTo, times] of [
    [3_000, 3],
    [7_000, 1],
    [15_000, 1],
  ] as const) {
    for (; s.clock.now < 5_000 + upTo; s.clock.now += 250) {
      await vi.advanceTimersByTimeAsync(250);
      await s.answered();
    }
    expect(s.asked()).toEqual(Array.from({ length: times }, () => "unmute @bob:x"));
  }
  s.gate.setFloor(closed);
  await s.answered();
  expect(s.asked()).toEqual(["mute @bob:x"]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(s.asked()).toEqual([]);
  s.gate.close();
});

/** Bob has published nothing yet. */
async function bobIsBackAndHasTheWord() {
  const s = await annSpeaks();
  s.clock.now = 5_000;
  s.gate.left(person(personId("@bob:x"), false));
  s.gate.arrived({ ...person(personId("@bob:x"), false), tracks: [] });
  s.gate.setFloor(speaker(personId("@bob:x")));
  await s.answered();
  return s;
}

async function bobsYoungMicrophoneIsOpened() {
  const s = await bobIsBackAndHasTheWord();
  s.gate.published(personId("@bob:x"), microphone("@bob:x", false));
  await s.answered();
  s.gate.unmuted(personId("@bob:x"), "@bob:x's");
  s.asked();
  return s;
}

test("an unmute that is said again and done late is undone at once, and once more when it is answered: nobody is to blame for it", async () => {
  const s = await bobsYoungMicrophoneIsOpened();
  // As long as the gate waits before it sends the request again.
  await vi.advanceTimersByTimeAsync(300);
  expect(s.asked()).toEqual(["unmute @bob:x"]);
  // Bob closes it himself to cough, and the floor is gone when LiveKit, which is slow, opens it.
  s.gate.muted(personId("@bob:x"), "@bob:x's");
  s.clock.now = 10_000;
  s.gate.setFloor(closed);
  expect(s.asked()).toEqual([]);
  s.clock.now = 14_000;
  s.gate.unmuted(personId("@bob:x"), "@bob:x's");
  expect(s.asked()).toEqual(["mute @bob:x"]);
  await s.answered();
  expect(s.asked()).toEqual(["mute @bob:x"]);
  expect(s.violations).toEqual([]);
  s.gate.close();
});

test("on the open floor nothing is said again: it would undo what they, or the keeper, open and close just then", async () => {
  const s = await bobsYoungMicrophoneIsOpened();
  s.gate.setFloor({ mode: "open" });
  await s.answered();
  expect(s.asked()).toEqual(["mute @bob:x"]);
  s.gate.muted(personId("@bob:x"), "@bob:x's");
  s.gate.unmuted(personId("@bob:x"), "@bob:x's");
  s.clock.now += 2_000;
  // Long enough to see that no request is sent again.
  await vi.advanceTimersByTimeAsync(300);
  expect(s.asked()).toEqual([]);
  s.gate.close();
});

test("an unmute that was given up, and that LiveKit does later, is undone and nobody's fault, also after all were looked at anew", async () => {
  for (const anew of [false, true]) {
    const s = await annSpeaks();
    s.gate.setFloor(speaker(personId("@bob:x")));
    await s.failed();
    s.gate.setFloor(closed);
    await s.answered();
    if (anew) s.gate.replace([person(personId("@ann:x"), false), person(personId("@bob:x"), false)]);
    s.asked();
    s.gate.unmuted(personId("@bob:x"), "@bob:x's");
    expect(s.asked()).toEqual(["mute @bob:x"]);
    await s.answered();
    expect(s.violations).toEqual([]);
    s.gate.close();
  }
});

test("a turn of a moment while the watcher comes in: what is told late, and what a client repeats after us, is nobody's fault", async () => {
  const s = await annSpeaks();
  s.gate.setFloor(speaker(personId("@bob:x")));
  await s.answered();
  s.gate.setFloor(closed);
  await s.answered();
  s.asked();
  s.gate.replace([person(personId("@ann:x"), false), person(personId("@bob:x"), true)]);
  expect(s.asked()).toEqual(["mute @bob:x"]);
  // LiveKit's list knew of it before the watcher was told; then the client repeats our requests.
  s.gate.unmuted(personId("@bob:x"), "@bob:x's");
  await s.answered();
  for (let time = 0; time < 3; time++) {
    s.gate.muted(personId("@bob:x"), "@bob:x's");
    s.gate.unmuted(personId("@bob:x"), "@bob:x's");
    await s.answered();
  }
  expect(new Set(s.asked())).toEqual(new Set(["mute @bob:x"]));
  expect(s.violations).toEqual([]);
  // A second later it is Bob's own hand: forgiven once, as a click too late.
  s.clock.now = 1_100;
  for (let time = 0; time < 2; time++) s.gate.unmuted(personId("@bob:x"), "@bob:x's");
  expect(s.asked()).toContain("revoke @bob:x");
  s.gate.close();
});

test("who was silenced and has gone is asked nothing of when the floor opens", async () => {
  const s = await annSpeaks();
  s.gate.unmuted(personId("@bob:x"), "@bob:x's");
  await s.answered();
  s.gate.left(person(personId("@bob:x"), false));
  s.asked();
  s.gate.setFloor({ mode: "open" });
  expect(s.asked()).toEqual(["mute @ann:x"]);
  await s.answered();
  expect(s.gate.settled).toBe(true);
});

test("who was silenced and comes in anew stays silent until their next turn", async () => {
  const s = await annSpeaks();
  s.gate.unmuted(personId("@bob:x"), "@bob:x's");
  await s.answered();
  s.gate.left(person(personId("@bob:x"), false));
  s.asked();
  const again = { ...person(personId("@bob:x"), false), sid: "PA_again" };
  s.gate.arrived(again);
  expect(s.asked()).toEqual(["revoke @bob:x"]);
  await s.answered();
  expect(s.violations).toEqual(["@bob:x unmuted-out-of-turn"]);

  s.gate.setFloor(speaker(personId("@bob:x")));
  expect(s.asked()).toContain("grant @bob:x");
});

test("what they try before the silence has reached them is counted, too", async () => {
  const s = await annSpeaks();
  s.gate.unmuted(personId("@bob:x"), "@bob:x's");
  await s.answered();
  s.gate.arrived({ ...person(personId("@bob:x"), false), sid: "PA_again" });
  s.gate.published(personId("@bob:x"), { ...microphone("@bob:x", true), sid: "another" });
  await s.answered();
  expect(s.violations).toEqual(["@bob:x unmuted-out-of-turn", "@bob:x second-microphone"]);
});

test("an earlier connection that ends after the new one began takes no eye off the new one", async () => {
  const s = await annSpeaks();
  s.gate.arrived({ ...person(personId("@bob:x"), false), sid: "PA_again" });
  s.gate.left(person(personId("@bob:x"), false));
  s.gate.unmuted(personId("@bob:x"), "@bob:x's");
  expect(s.asked()).toContain("revoke @bob:x");
});

test("coming in anew again and again brings no new benefit of the doubt", async () => {
  const s = await annSpeaks();
  s.gate.setFloor(speaker(personId("@eve:x")));
  for (const sid of ["PA_2", "PA_3"]) {
    s.gate.arrived({ ...person(personId("@ann:x"), false), sid, tracks: [] });
    s.gate.published(personId("@ann:x"), microphone("@ann:x", true));
  }
  await s.answered();
  expect(s.violations).toEqual(["@ann:x published-out-of-turn"]);
});

test("the word that comes while somebody is being silenced gives them their voice back", async () => {
  const s = await annSpeaks();
  s.gate.unmuted(personId("@bob:x"), "@bob:x's");
  s.gate.setFloor(speaker(personId("@bob:x")));
  await s.answered();
  expect(s.asked()).toContain("grant @bob:x");
});

test("who is gone before their silence is confirmed stays silent when they come back", async () => {
  const s = await annSpeaks();
  s.gate.unmuted(personId("@bob:x"), "@bob:x's");
  s.gate.left(person(personId("@bob:x"), false));
  await s.answered();
  s.asked();
  s.gate.arrived({ ...person(personId("@bob:x"), false), sid: "PA_again" });
  expect(s.asked()).toEqual(["revoke @bob:x"]);
});
