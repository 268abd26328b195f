import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalAudioTrack } from "@livekit/rtc-node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Caller, setMuted } from "../support/call/caller.ts";
import { slowness } from "../support/slowness.ts";
import { LONG } from "../support/stack/long.ts";
import { ServiceMeeting } from "../support/stack/service-meeting.ts";

/** The open microphones of two people once a turn is over, in the whole product, real LiveKit included. */
let meeting: ServiceMeeting;
let ann: Caller, bob: Caller;

beforeAll(async () => {
  meeting = await ServiceMeeting.open({
    dir: await mkdtemp(join(tmpdir(), "mindminder-")),
    people: ["Ann", "Bob"],
    circles: 2,
    betweenSeconds: 600,
    config: { speech: { engine: "off" } },
  });
  await meeting.gather();
  [ann, bob] = (await Promise.all((await meeting.access()).map(sitDown))) as [Caller, Caller];
});
afterAll(async () => {
  await Promise.all([ann, bob].map((caller) => caller?.leave()));
  await meeting?.close();
});

async function sitDown(access: { url: string; token: string }): Promise<Caller> {
  const caller = await Caller.join(access);
  await caller.publish({ muted: true });
  return caller;
}

const idOf = (who: Caller) => who.identity;
/** The service's limit of requests is a person's, not a test's. */
const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { interval: 250 });
const openIs = async (...who: Caller[]) =>
  eventually(async () => (await meeting.openMicrophones()).sort()).toEqual(who.map(idOf).sort());

/**
 * Asks LiveKit again and again until five answers in a row find all closed. A client that was unmuted and muted in one
 * breath confirms the two one after the other, so that LiveKit shows it open once more for a moment.
 */
async function staysClosed(): Promise<void> {
  await eventually(async () => {
    for (let look = 0; look < 5; look++) {
      const open = await meeting.openMicrophones();
      if (open.length > 0) return open;
    }
    return [];
  }).toEqual([]);
}

/** Waits until the first in the circle has the word, and is heard. */
async function firstOneSpeaks(): Promise<{ first: Caller; last: Caller }> {
  await eventually(async () => (await meeting.now()).turn?.status).toBe("speaking");
  const [first, last] = (await meeting.now()).turn?.speaker === idOf(ann) ? [ann, bob] : [bob, ann];
  await openIs(first);
  return { first, last };
}

async function lastOneSpeaks(): Promise<void> {
  const { last } = await firstOneSpeaks();
  await meeting.pass(await meeting.now());
  await openIs(last);
}

/** Clicks the microphone as people do, who see whether it is open. */
async function click(who: Caller, open: boolean): Promise<void> {
  await eventually(async () => who.isMuted).toBe(open);
  const [publication] = [...(who.room.localParticipant?.trackPublications.values() ?? [])];
  if (!(publication?.track instanceof LocalAudioTrack)) throw new Error("no microphone");
  setMuted(publication.track, !open);
}

async function phaseIs(phase: string): Promise<void> {
  await eventually(async () => (await meeting.now()).phase).toBe(phase);
}

test("between two circles the last speaker's microphone is closed, and at the end of the meeting, by their own pass", async () => {
  await eventually(async () => (await meeting.now()).people.map(({ presence }) => presence)).toEqual(["call", "call"]);
  await meeting.start();
  await lastOneSpeaks();
  await meeting.pass(await meeting.now());
  await phaseIs("between");
  await staysClosed();

  await meeting.people[0]!.widget.steer("next-circle");
  await lastOneSpeaks();
  await meeting.pass(await meeting.now());
  await phaseIs("ended");
  await staysClosed();
});

test("on the open floor after it they open it by hand, and it stays open while others come and go", async () => {
  await click(bob, true);
  await openIs(bob);
  await ann.leave();
  ann = await sitDown(await meeting.people[0]!.widget.call());
  await meeting.gather();
  await eventually(async () => (await meeting.now()).people.find(({ id }) => id === idOf(ann))?.presence).toBe("call");
  await openIs(bob);
});

test("the keeper mutes everybody once; who opens theirs again is heard", async () => {
  expect((await meeting.people[1]!.widget.command({ type: "mute-all" })).status).toBe(409);
  expect((await meeting.people[0]!.widget.command({ type: "mute-all" })).status).toBe(200);
  await staysClosed();
  await click(bob, true);
  await openIs(bob);
});

test("the keeper ends a circle in mid-turn, and nobody is heard; nobody passes by a click on the circle before", async () => {
  const before = await meeting.now();
  await meeting.start();
  const { first } = await firstOneSpeaks();
  const speaker = meeting.people.find(({ matrix }) => matrix.userId === idOf(first))!.widget;
  expect((await speaker.command({ type: "skip", expectedVersion: before.version })).status).toBe(409);
  const keeper = meeting.people[0]!.widget;
  expect((await keeper.command({ type: "end-circle", expectedVersion: (await meeting.now()).version })).status).toBe(
    200,
  );
  await phaseIs("between");
  await staysClosed();
  await meeting.end();
  await meeting.gather();
  await click(bob, true);
  await openIs(bob);
});

test("a microphone opened by hand closes when the next meeting begins; the keeper ends that in mid-turn, and nobody is heard", async () => {
  await meeting.start();
  await firstOneSpeaks();
  await meeting.end();
  await phaseIs("ended");
  await staysClosed();
});

test("LiveKit hangs in mid-turn: within 5 s the meeting stands still, room and service say why, nobody passes; then the same one speaks on", async () => {
  const [{ matrix, widget: keeper }] = meeting.people as [ServiceMeeting["people"][number]];
  const { pid } = meeting.service.livekit;
  await meeting.gather();
  await meeting.start();
  const { first } = await firstOneSpeaks();
  const before = await meeting.now();
  const told = matrix.next(
    meeting.room,
    ({ content }) => String(content["body"]).includes("The call’s server does not answer"),
    "what the room is told",
  );
  const [slow, from] = [slowness([process.pid, meeting.service.pid]), performance.now()];
  process.kill(pid, "SIGSTOP");
  try {
    await expect.poll(async () => (await meeting.now()).waitsForCall, { interval: 100 }).toBe(true);
    expect(performance.now() - from).toBeLessThan(5_000 * slow());
    expect(await meeting.now()).toMatchObject({
      paused: true,
      turn: { id: before.turn?.id, speaker: idOf(first), runningSince: null },
    });
    await told;
    const ready = await fetch(`${meeting.service.url}/ready`, { signal: AbortSignal.timeout(10_000) });
    expect([ready.status, await ready.json()]).toEqual([503, { ready: false, waitingFor: ["livekit"] }]);
    const { version } = await meeting.now();
    for (const type of ["pass", "skip"] as const) {
      const refused = await keeper.command({ type, expectedVersion: version });
      expect(refused).toMatchObject({
        status: 409,
        body: {
          errcode: "ORG.MINDMINDER.CALL_AWAY",
          error: expect.stringContaining("the call’s server does not answer"),
        },
      });
    }
  } finally {
    process.kill(pid, "SIGCONT");
  }
  await eventually(async () => (await meeting.now()).paused).toBe(false);
  await openIs(first);
  expect((await meeting.now()).turn).toMatchObject({ id: before.turn?.id, speaker: idOf(first), status: "speaking" });
  await eventually(async () => (await fetch(`${meeting.service.url}/ready`)).status).toBe(200);
  await meeting.end();
  await phaseIs("ended");
  await staysClosed();
});

test.runIf(LONG)("nor is anybody when the last turn ends by time", async () => {
  await meeting.gather();
  await meeting.start("quick");
  await lastOneSpeaks();
  await phaseIs("between");
  await staysClosed();
  await meeting.people[0]!.widget.steer("next-circle");
  await lastOneSpeaks();
  await phaseIs("ended");
  await staysClosed();
});

test("the service dies at the end of a turn and is back when the meeting is over: the microphone is closed then", async () => {
  await meeting.gather();
  await meeting.start();
  const { first } = await firstOneSpeaks();
  await meeting.service.killService();
  await openIs(first);
  await meeting.service.startService();
  await meeting.end();
  await staysClosed();
});
