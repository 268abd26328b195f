import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { AccessToken } from "livekit-server-sdk";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
// Before anything else of rtc-node: it sets how much that one writes.
import { Caller } from "../support/call/caller.ts";
import { CAPTION_TOPIC } from "../../appservice/protocol/captions.ts";
import { MEDIA_KEY_BYTES, type MediaKey } from "../../appservice/protocol/media-key.ts";
import { CallAudioReceiver } from "../../appservice/scribe/call-audio-receiver.ts";
import { scribeToken, secondEarToken } from "../../appservice/call/tokens.ts";
import { heardWithin, until, untilHeard, untilSilent } from "../support/call/call-stage.ts";
import { personId } from "../support/protocol/ids.ts";
import { slowness } from "../support/slowness.ts";
import { type LiveKit, startLiveKit } from "../support/stack/livekit.ts";

const ANN = personId("@ann:x");
const key = (epoch: number): MediaKey => ({ epoch, key: randomBytes(MEDIA_KEY_BYTES).toString("base64") });
const log = pino({ level: process.env.LOG_LEVEL ?? "silent" });

let dir: string;
let livekit: LiveKit;
let room: string;
let keys: MediaKey[];
let calls = 0;
const leaving: (() => unknown)[] = [];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "mindminder-call-"));
  livekit = await startLiveKit({ dir });
});
afterAll(async () => {
  await livekit?.stop();
  await rm(dir, { recursive: true, force: true });
});
beforeEach(() => {
  room = `!sealed${++calls}`;
  keys = [key(0)];
});
afterEach(async () => {
  await Promise.all(leaving.splice(0).map((leave) => leave()));
});

async function joins(identity: string, by: readonly MediaKey[], tone = 0): Promise<Caller> {
  const access = new AccessToken(livekit.apiKey, livekit.apiSecret, { identity });
  access.addGrant({ room, roomJoin: true, roomCreate: true, canPublish: true, canSubscribe: true });
  const caller = await Caller.join({ url: livekit.url, token: await access.toJwt(), tone, keys: by });
  leaving.push(() => caller.leave());
  if (tone > 0) await caller.publish();
  return caller;
}

/** The scribe's ear in the call, and the loudness of what it has heard since it was asked last. */
async function ear(by: readonly MediaKey[] = keys, admission = scribeToken) {
  const token = await admission(livekit, room);
  const receiver = new CallAudioReceiver({ url: livekit.url, token, keys: by }, log);
  leaving.push(() => receiver.close());
  let loudest = 0;
  receiver.follow(ANN, (samples) => {
    for (const sample of samples) loudest = Math.max(loudest, Math.abs(sample));
  });
  const heard = () => {
    const before = loudest;
    loudest = 0;
    return before;
  };
  return { receiver, heard };
}

test("a tone is heard by whoever has the key, and is silence by another key", async () => {
  await joins(ANN, keys, 440);
  const [bob, eve] = await Promise.all([joins("@bob:x", keys), joins("@eve:x", [key(0)])]);
  await bob.ear(ANN).heard();
  await untilHeard(bob, ANN);
  expect(eve.hasVoiceOf(ANN)).toBe(true);
  expect(await heardWithin(500, eve, ANN)).toBe(0);
});

test.each([254, 255, 256, 511])("by the key of epoch %i one is heard, at every place of the ring", async (epoch) => {
  keys = [key(epoch)];
  await joins(ANN, keys, 440);
  const { heard } = await ear();
  await until("the scribe hears", () => heard() > 0.1);
});

test("the scribe hears by the key, and nothing by another one, from the first moment on", async () => {
  await joins(ANN, keys, 440);
  const [right, wrong] = await Promise.all([ear(), ear([key(0)], secondEarToken)]);
  await until("the scribe hears", () => right.heard() > 0.1);
  // The span that is listened to.
  await wait(1_000);
  expect(wrong.heard()).toBe(0);
  // It was in the call all the time, and lacked the key alone.
  wrong.receiver.rekey(keys);
  await until("the other hears", () => wrong.heard() > 0.1);
});

test("what comes open into an encrypted call is not received by the scribe, until it comes encrypted", async () => {
  const open = await joins(ANN, [], 440);
  const { heard } = await ear();
  // Time in which a track that were taken would be heard.
  await wait(1_500);
  expect(heard()).toBe(0);
  await open.leave();
  await joins(ANN, keys, 440);
  await until("the scribe hears", () => heard() > 0.1);
});

test("the key changes while somebody speaks: no word is lost, and who has left hears nothing more", async () => {
  const ann = await joins(ANN, keys, 440);
  const [bob, gone] = await Promise.all([joins("@bob:x", keys), joins("@gone:x", keys)]);
  const scribe = await ear();
  await Promise.all([
    bob.ear(ANN).heard(),
    gone.ear(ANN).heard(),
    until("the scribe hears", () => scribe.heard() > 0.1),
  ]);
  const slow = slowness([process.pid, livekit.pid]);
  const [spokenFrom, before] = [performance.now(), bob.ear(ANN).heardMs];
  keys = [...keys, key(1)];
  scribe.receiver.rekey(keys);
  // Everybody gets it at another moment; the speaker goes over to it last.
  await wait(150);
  bob.rekey(keys);
  // The same again.
  await wait(150);
  ann.rekey(keys);
  ann.goOver();
  scribe.heard();
  await untilSilent(gone, ANN);
  expect(await heardWithin(1_000, gone, ANN)).toBe(0);
  expect(scribe.heard()).toBeGreaterThan(0.1);
  const missed = performance.now() - spokenFrom - (bob.ear(ANN).heardMs - before);
  expect(missed).toBeLessThan(150 * slow());
});

test("captions are read by those who have the key, and by nobody else", async () => {
  const read: string[] = [];
  const reads = (who: string, caller: Caller) =>
    caller.room.registerTextStreamHandler(
      CAPTION_TOPIC,
      (reader) =>
        void reader.readAll().then(
          (text) => read.push(`${who}: ${text}`),
          () => undefined,
        ),
    );
  keys = [key(6), key(7)];
  const [bob, eve] = await Promise.all([joins("@bob:x", keys), joins("@eve:x", [])]);
  reads("bob", bob);
  reads("eve", eve);
  const { receiver } = await ear();
  await until("a caption", () => {
    receiver.caption({ speaker: ANN, segment: "1.1", text: "Oolong", final: true });
    return read.length > 0;
  });
  // Time in which the other's would have come.
  await wait(300);
  expect(new Set(read)).toEqual(new Set(["bob: Oolong"]));
});
