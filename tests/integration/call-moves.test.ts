import { RoomServiceClient } from "livekit-server-sdk";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { CallAccess } from "../../appservice/call/calls.ts";
import { Caller } from "../support/call/caller.ts";
import { RawSignal } from "../support/rogue/raw-signal.ts";
import { Follower } from "../support/rogue/follows.ts";
import { startLiveKit } from "../support/stack/livekit.ts";
import { heardWithin, speaker, Stage, until } from "../support/call/call-stage.ts";
import { personId, roomId } from "../support/protocol/ids.ts";
import { type ParticipantId, RingNumber } from "../../appservice/protocol/identity.ts";
import type { CirclePlace } from "../../appservice/protocol/place.ts";

let stage: Stage;
let ann: Follower;
let bob: Follower;

const access = (id: ParticipantId) => () => stage.calls.participantToken(roomId(stage.room), id, id);
const people = async (room: string) => {
  const { httpUrl, apiKey, apiSecret } = stage.livekit;
  return (await new RoomServiceClient(httpUrl, apiKey, apiSecret).listParticipants(room).catch(() => [])).map(
    ({ identity }) => identity,
  );
};
const hearsAnn = async () => (await heardWithin(100, bob.caller, "@ann:x")) > 0;

/** They come into a room that LiveKit makes for them, find it empty if they see it at all, and it is ended. */
async function expectNobody(token: CallAccess): Promise<void> {
  const line = await RawSignal.connect(token);
  await line.closed;
  const seen = line.answers.flatMap(({ message }) =>
    message.case === "join"
      ? [...message.value.otherParticipants.map(({ identity }) => identity), message.value.room?.metadata ?? ""]
      : [],
  );
  expect(seen.filter((each) => each !== "")).toEqual([]);
  await until("what they made for themselves is ended", async () => (await people(stage.room)).length === 0);
}

beforeAll(async () => {
  // LiveKit as an admin may have left it: anybody with a token finds a room, since LiveKit makes it.
  stage = await Stage.open((options) => startLiveKit({ ...options, changes: { room: { auto_create: true } } }));
  await stage.floor(speaker(personId("@ann:x")));
  [ann, bob] = await Promise.all([
    Follower.join(access(personId("@ann:x"))),
    Follower.join(access(personId("@bob:x"))),
  ]);
  await until("Bob hears Ann", hearsAnn);
});
afterAll(async () => {
  await Promise.all([ann.leave(), bob.leave()]);
  await stage.close();
});

test("several who are put out one after another find nobody; the others are heard on, and nobody is told that they went", async () => {
  const out = ["@eve:x", "@kim:x", "@mal:x"];
  const tokens = await Promise.all(out.map((id) => access(personId(id))()));
  const inCall = await Caller.join({ ...tokens[0]!, ears: false });
  await until("Eve is in", () => stage.calls.connected(roomId(stage.room)).includes(personId("@eve:x")));
  stage.told.length = 0;
  for (const id of out) await stage.calls.remove(roomId(stage.room), personId(id));
  await until("Ann is heard by Bob", async () => ann.moves > 0 && bob.moves > 0 && (await hearsAnn()));
  // The others held a token for the first call alone.
  expect([ann.moves, bob.moves]).toEqual([1, 1]);
  await until("Eve is out", () => !inCall.room.isConnected);
  await expectNobody(tokens[1]!);
  await until("it is told that Eve went", () => stage.told.includes("@eve:x went"));
  expect(stage.told.filter((line) => / went$/.test(line))).toEqual(["@eve:x went"]);
  await until(
    "the two are known to be there",
    () => [...stage.calls.connected(roomId(stage.room))].sort().join() === "@ann:x,@bob:x",
  );
  await stage.floor(speaker(personId("@bob:x")));
  await until("the floor is kept there, too", async () => !(await hearsAnn()));
  await stage.floor(speaker(personId("@ann:x")));
});

test("who was handed no token and leaves the room moves nobody; who comes in again is in the others' call", async () => {
  await until("Ann is heard by Bob", hearsAnn);
  const before = [ann.moves, bob.moves];
  await stage.calls.remove(roomId(stage.room), personId("@max:x"));
  const max = await Caller.join(await access(personId("@max:x"))());
  await until("Max hears Ann", async () => (await heardWithin(100, max, "@ann:x")) > 0);
  expect([ann.moves, bob.moves]).toEqual(before);
  await max.leave();
});

test("after a restart the service knows where the call is, and who was put out meanwhile moves it", async () => {
  const eve = await access(personId("@eve:x"))();
  const before = ann.moves;
  await stage.calls.close();
  stage.calls = stage.startCalls();
  await stage.floor(speaker(personId("@ann:x")));
  await until("who is in the call is known", () => stage.calls.connected(roomId(stage.room)).length === 2);
  expect(ann.moves).toBe(before);
  await stage.calls.remove(roomId(stage.room), personId("@eve:x"));
  await until("Ann is heard by Bob", async () => ann.moves > before && bob.moves > before && (await hearsAnn()));
  await expectNobody(eve);
});

test("people who sit elsewhere now are sent on: one by one from somebody who stays, and all at once with their call", async () => {
  const [first, second] = [1, 2].map((ring) => ({ room: roomId(stage.room), ring: RingNumber.parse(ring) }));
  if (!first || !second) throw new Error("two rings");
  const ids = ["@cal:x", "@dan:x", "@fay:x", "@gus:x"].map(personId);
  const [stays = personId("@cal:x"), ...going] = ids;
  let seat = first;
  const into = (id: ParticipantId) =>
    Follower.join(() => stage.calls.participantToken(id === stays ? first : seat, id, id));
  const followers = await Promise.all(ids.map(into));
  onTestFinished(() => Promise.all(followers.map((one) => one.leave())).then(() => {}));
  const [staying, ...others] = followers;
  // A client that is sent on before its microphone is published does not come to an end with it.
  const haveMoved = (times: number) => others.every(({ moves }) => moves === times);
  const inside = (place: CirclePlace) => [...stage.calls.connected(place)].sort();
  await until("all are in", () => inside(first).length === 4);

  seat = second;
  await stage.calls.sendOn(first, going);
  await until("three are in the next call", () => inside(second).length === 3 && haveMoved(1));
  expect([inside(first), staying?.moves]).toEqual([[stays], 0]);

  const before = stage.calls.nameOf(second);
  seat = first;
  await stage.calls.sendOn(second, going);
  await until("all are in the first again", () => inside(first).length === 4 && haveMoved(2));
  await until("nobody is left there", async () => inside(second).length === 0 && (await people(before)).length === 0);
  expect(stage.calls.nameOf(second)).not.toBe(before);
});
