import { setTimeout as wait } from "node:timers/promises";
import { UpdateSubscription } from "@livekit/protocol";
import { AccessToken } from "livekit-server-sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Caller } from "../support/call/caller.ts";
import { ATTACKS } from "../support/rogue/attacks.ts";
import { SCRIBE, WATCHER } from "../../appservice/call/tokens.ts";
import { withhold, withholdTrack } from "../support/rogue/withholds.ts";
import { floodWithData, floodWithSignals } from "../support/rogue/floods.ts";
import { RawSignal } from "../support/rogue/raw-signal.ts";
import { Rogue } from "../support/rogue/rogue.ts";
import { slowness } from "../support/slowness.ts";
import { LONG } from "../support/stack/long.ts";
import { open, speaker, Stage, until, untilSilent } from "../support/call/call-stage.ts";
import { personId, roomId } from "../support/protocol/ids.ts";
import type { ParticipantId } from "../../appservice/protocol/identity.ts";

/** A time in which an honest speaker would have been accused, if ever. */
const WITNESSED_MS = LONG ? 20_000 : 500;

let stage: Stage;
let eve: Caller;

beforeAll(async () => {
  stage = await Stage.open();
  await stage.floor(speaker(personId("@ann:x")));
  const heard = stage.join(personId("@eve:x")).then((caller) => (eve = caller).ear("@ann:x").heard());
  await stage.join(personId("@ann:x"));
  await heard;
});
afterAll(() => stage.close());

const enter = (id: ParticipantId) => Rogue.enter(id, () => stage.calls.participantToken(roomId(stage.room), id, id));
const foundOut = (id: string) =>
  stage.told
    .filter((line) => line.startsWith(`${id} `) && !/ (came|went)$/.test(line))
    .map((line) => line.slice(id.length + 1));

/**
 * Attacks to try: in `npm test` one that `call.test.ts` has not; all of them, again and again, in `npm run test:long`.
 */
const TRIED = LONG ? ATTACKS : ATTACKS.filter(({ sample }) => sample);
const TIMES = LONG ? 5 : 1;

test.each(TRIED)("$name: hardly a blink is heard, and it is counted", async (attack) => {
  for (let time = 0; time < TIMES; time++) {
    const id = personId(`@rogue-${TRIED.indexOf(attack)}-${time}:x`);
    const rogue = await enter(id);
    await until("the watcher knows them", () => stage.calls.connected(roomId(stage.room)).includes(id));
    // Waits until the watcher has seen their microphone, too, of which it tells nobody.
    await wait(LONG ? 500 : 150);
    const leak = stage.leakTo(eve, id);
    await attack.run(rogue);
    if (attack.foundOutAs.length > 0) await until("they are found out", () => foundOut(id).length > 0);
    // Waits to see that nothing else is found out.
    await wait(LONG ? 1_000 : 300);
    await untilSilent(eve, id);
    const { heardMs, blinkMs } = leak();
    expect(heardMs).toBeLessThanOrEqual(blinkMs);
    const found = foundOut(id);
    // A rogue who is thrown off, and whose client comes back by itself, may be found out a second time.
    expect(found.length).toBeLessThanOrEqual(attack.foundOutAs.length > 0 ? 2 : 0);
    for (const what of found) expect(attack.foundOutAs).toContain(what);
    await rogue.leave();
  }
});

test.runIf(LONG)("the ear is no deaf one: a rogue who waits for the word is heard", async () => {
  const rogue = await enter(personId("@patient:x"));
  const voice = eve.ear(rogue.id).heard();
  await stage.floor(speaker(personId(rogue.id)));
  await voice;
  await stage.floor(speaker(personId("@ann:x")));
  await untilSilent(eve, rogue.id);
  await rogue.leave();
});

test.each([
  { name: "from all but one, in their turn", withhold, only: ["@eve:x"] },
  {
    name: "of one track, from all but one and all of ours that have a known name",
    withhold: withholdTrack,
    only: ["@eve:x", SCRIBE, WATCHER],
  },
  { name: "from everybody", withhold, only: [] },
])(
  "who withholds their sound $name, is silenced for it and found out; whoever does not is heard on",
  async ({ withhold, only, name }) => {
    const rogue = await enter(personId(`@chooser-${name.length}:x`));
    const voice = eve.ear(rogue.id).heard();
    await stage.floor(speaker(personId(rogue.id)));
    await voice;
    // Waits to see that nobody is found out who speaks to all.
    await wait(WITNESSED_MS);
    expect(foundOut(rogue.id)).toEqual([]);
    withhold(rogue, only);
    const [slow, from] = [slowness([process.pid, stage.livekit.pid]), performance.now()];
    await until("they are found out", () => foundOut(rogue.id).length > 0);
    expect(performance.now() - from).toBeLessThan(1_000 * slow());
    await untilSilent(eve, rogue.id);
    expect(foundOut(rogue.id)).toEqual(["sound-withheld"]);
    await stage.floor(speaker(personId("@ann:x")));
    await eve.ear("@ann:x").heard();
    // Nor are they heard by anybody when they try it again in their next turn.
    await stage.floor(speaker(personId(rogue.id)));
    rogue.publishAnyway();
    await until("they are found out again", () => foundOut(rogue.id).length > 1);
    await untilSilent(eve, rogue.id);
    await stage.floor(speaker(personId("@ann:x")));
    await rogue.leave();
  },
);

test("what reaches anybody reaches the scribe, whatever its speaker says of it", async () => {
  const scribe = await Caller.join(await stage.calls.scribeToken(roomId(stage.room)));
  await stage.floor(open, { active: false });
  const rogue = await enter(personId("@shuts-out-the-scribe:x"));
  withhold(rogue, [eve.identity]);
  // LiveKit does not say when it has learnt of it.
  await wait(200);
  rogue.unmute();
  await Promise.all([scribe.ear(rogue.id).heard(), eve.ear(rogue.id).heard()]);
  await Promise.all([rogue.leave(), scribe.leave()]);
  await stage.floor(speaker(personId("@ann:x")));
});

test("who floods the call with data, calls and names reaches nobody, and the word passes meanwhile", async () => {
  const arrived: string[] = [];
  for (const event of [
    "dataReceived",
    "participantMetadataChanged",
    "participantNameChanged",
    "participantAttributesChanged",
  ] as const) {
    eve.room.on(event, (...of: unknown[]) => arrived.push(`${event} ${String(of[0])}`));
  }
  eve.room.registerTextStreamHandler("org.mindminder.captions", () => arrived.push("text"));
  eve.room.localParticipant?.registerRpcMethod("flood", async () => {
    arrived.push("call");
    return "";
  });
  const [rex, max] = await Promise.all([
    enter(personId("@rex:x")),
    stage.calls.participantToken(roomId(stage.room), personId("@max:x"), "Max"),
  ]);
  const before = eve.ear("@ann:x").heardMs;
  const [slow, from] = [slowness([process.pid, stage.livekit.pid]), performance.now()];
  const flood = Promise.all([floodWithData(rex, LONG ? 20_000 : 2_000), floodWithSignals(max, LONG ? 10_000 : 1_000)]);
  await stage.floor(speaker(personId("@eve:x")));
  await stage.floor(speaker(personId("@ann:x")));
  const settledAfterMs = performance.now() - from;
  const withinMs = 2_000 * slow();
  await flood;
  // Waits to see that nothing arrives late.
  await wait(400);
  expect(arrived).toEqual([]);
  expect(settledAfterMs).toBeLessThan(withinMs);
  await until("Ann is heard on", () => eve.ear("@ann:x").heardMs - before > 300);
  await rex.leave();
});

test("a token opens its own room for a short while, and nothing of LiveKit's administration", async () => {
  const { url, token } = await stage.calls.participantToken(roomId(stage.room), personId("@rex:x"), "Rex");
  const [head, body, signature] = token.split(".") as [string, string, string];
  const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as { exp: number; nbf: number; video: object };
  expect(claims.exp - Date.now() / 1_000).toBeLessThanOrEqual(125);

  const forged = (change: object) =>
    `${head}.${Buffer.from(JSON.stringify({ ...claims, ...change })).toString("base64url")}.${signature}`;
  const another = new AccessToken(stage.livekit.apiKey, "x".repeat(32), { identity: "@rex:x" });
  another.addGrant({ roomJoin: true, room: stage.room });
  const late = new AccessToken(stage.livekit.apiKey, stage.livekit.apiSecret, { identity: "@rex:x", ttl: -120 });
  late.addGrant({ roomJoin: true, room: stage.room });
  const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${body}.`;
  const bad = [
    forged({ video: { ...claims.video, roomAdmin: true } }),
    forged({ sub: "@ann:x" }),
    forged({ exp: claims.exp + 86_400 }),
    await another.toJwt(),
    await late.toJwt(),
    unsigned,
    "nonsense",
  ];
  for (const wrong of bad)
    await expect(RawSignal.connect({ url, token: wrong })).rejects.toThrow("did not open the door");

  const ask = (method: string, of: object) =>
    fetch(new URL(`twirp/livekit.RoomService/${method}`, stage.livekit.httpUrl), {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
      body: JSON.stringify({ room: stage.room, ...of }),
    }).then(({ status }) => status);
  const admin = await Promise.all([
    ask("ListParticipants", {}),
    ask("RemoveParticipant", { identity: "@ann:x" }),
    ask("UpdateRoomMetadata", { metadata: "{}" }),
    ask("MutePublishedTrack", { identity: "@rex:x", trackSid: "TR_x", muted: false }),
    ask("SendData", { data: "" }),
    ask("DeleteRoom", {}),
    ask("UpdateParticipant", { identity: "@rex:x", permission: { canPublish: true, canPublishData: true } }),
    ask("CreateRoom", { name: "!mine" }),
    ask("ListRooms", {}),
  ]);
  expect(new Set(admin)).toEqual(new Set([401]));
});

test.runIf(LONG)("who asks for sound of another room, or of a closed microphone, receives none", async () => {
  const elsewhere = roomId("!elsewhere");
  const kim = await Caller.join({
    ...(await stage.calls.participantToken(elsewhere, personId("@kim:x"), "Kim")),
    ears: false,
  });
  const { sid: foreign = "" } = await kim.publish();
  const lou = await stage.join(personId("@lou:x"));
  const line = await RawSignal.connect(
    await stage.calls.participantToken(roomId(stage.room), personId("@rex:x"), "Rex"),
  );
  const closed = [...(lou.room.localParticipant?.trackPublications.keys() ?? [])];
  line.send({
    case: "subscription",
    value: new UpdateSubscription({ trackSids: [foreign, ...closed], subscribe: true }),
  });
  // Waits to see that no sound is offered to them.
  await wait(500);
  expect(line.answers.map(({ message }) => message.case)).toContain("join");
  const told = line.answers
    .map(({ message }) =>
      JSON.stringify(message, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
    )
    .join();
  expect(told).not.toContain(kim.identity);
  expect(eve.ear("@lou:x").heardMs).toBe(0);
  line.close();
  await Promise.all([kim.leave(), lou.leave()]);
});
