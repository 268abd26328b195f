import { setTimeout as wait } from "node:timers/promises";
import { LocalAudioTrack, LocalVideoTrack, TrackPublishOptions, TrackSource, VideoSource } from "@livekit/rtc-node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebhookRefused } from "../../appservice/call/errors.ts";
import { WATCHER } from "../../appservice/call/tokens.ts";
import { Caller, setMuted } from "../support/call/caller.ts";
import {
  closed,
  heardWithin,
  open,
  speaker,
  Stage,
  until,
  untilHeard,
  untilSilent,
} from "../support/call/call-stage.ts";
import { personId, roomId } from "../support/protocol/ids.ts";
import { slowness } from "../support/slowness.ts";

let stage: Stage;
let ann: Caller, bob: Caller, eve: Caller;

beforeAll(async () => {
  stage = await Stage.open();
  await stage.floor(closed);
  ann = await stage.join(personId("@ann:x"), { tone: 440 });
  bob = await stage.join(personId("@bob:x"), { tone: 660 });
  eve = await stage.join(personId("@eve:x"), { tone: 880 });
  await until("all are in", () => stage.calls.connected(roomId(stage.room)).length === 3);
});
afterAll(() => stage.close());

async function onlyABlink(leak: ReturnType<Stage["leakTo"]>, id: string): Promise<void> {
  await untilSilent(eve, id);
  const { heardMs, blinkMs } = leak();
  expect(heardMs).toBeLessThanOrEqual(blinkMs);
}

test("nobody is heard while the floor is closed", async () => {
  const heard = await Promise.all(["@ann:x", "@bob:x"].map((id) => heardWithin(500, eve, id)));
  expect(heard).toEqual([0, 0]);
});

test("only the speaker is heard, and a pass moves it", async () => {
  for (const [next, other] of [
    ["@ann:x", "@bob:x"],
    ["@bob:x", "@ann:x"],
    ["@ann:x", "@bob:x"],
  ] as const) {
    const heard = eve.ear(next).heard();
    await stage.floor(speaker(personId(next)));
    await heard;
    await untilSilent(eve, other);
    const [ofOther] = await Promise.all([heardWithin(500, eve, other), untilHeard(eve, next)]);
    expect(ofOther).toBe(0);
  }
});

test("everybody is shown the latest state of the meeting, and nothing older after it", async () => {
  const seen: number[] = [];
  eve.room.on("roomMetadataChanged", (metadata) => seen.push(JSON.parse(metadata).record));
  let last = 0;
  for (let i = 0; i < 20; i++) {
    const metadata = stage.nextMetadata();
    last = metadata.record;
    stage.calls.project(roomId(stage.room), { floor: speaker(personId("@ann:x")), metadata, active: true });
  }
  await until("the last one arrives", () => seen.at(-1) === last);
  expect(seen).toEqual([...seen].sort((one, other) => one - other));
});

test("who unmutes out of turn is not heard; the word brings their voice back", async () => {
  await stage.floor(speaker(personId("@ann:x")));
  await stage.pastTheDoubt();
  const leak = stage.leakTo(eve, "@bob:x");
  setMuted(microphone(bob), false);
  await until("bob was found out", () => stage.told.includes("@bob:x unmuted-out-of-turn"));
  await until("bob may not publish any more", () => !bob.mayPublish);
  await onlyABlink(leak, "@bob:x");

  await stage.floor(speaker(personId("@bob:x")));
  const heard = eve.ear("@bob:x").heard();
  await bob.publish({ muted: true });
  await heard;
});

test("who publishes out of turn is not heard", async () => {
  await stage.floor(speaker(personId("@ann:x")));
  await stage.pastTheDoubt();
  const leak = stage.leakTo(eve, "@bob:x");
  await bob.publish();
  await until("bob was found out", () => stage.told.includes("@bob:x second-microphone"));
  await onlyABlink(leak, "@bob:x");
});

test("sound from a source that is no microphone is not let in", async () => {
  await stage.floor(open);
  const [max, rex] = await Promise.all([
    stage.join(personId("@max:x"), { publish: false }),
    stage.join(personId("@rex:x"), { publish: false }),
  ]);
  const leaks = [stage.leakTo(eve, "@max:x"), stage.leakTo(eve, "@rex:x")] as const;
  // LiveKit itself does not answer a request to publish what the token does not name.
  void max.publish({ source: TrackSource.SOURCE_SCREENSHARE_AUDIO }).catch(() => {});
  // A microphone that poses as a camera gets past it, but not past the watcher.
  void rex.publish({ source: TrackSource.SOURCE_CAMERA }).catch(() => {});
  await until("rex was found out", () => stage.told.includes("@rex:x unexpected-source"));
  await until("rex may not publish", () => !rex.mayPublish);
  // Longer than LiveKit needs for a publication that it takes: that it refuses one cannot be waited for.
  await wait(1_500);
  await onlyABlink(leaks[0], "@max:x");
  await onlyABlink(leaks[1], "@rex:x");
});

test("a screen is shown by whoever has the word, until they have passed it on, and by nobody else", async () => {
  const [kim, lou] = await Promise.all([
    stage.join(personId("@kim:x")),
    stage.join(personId("@lou:x"), { publish: false }),
  ]);
  const show = (caller: Caller) => {
    const screen = LocalVideoTrack.createVideoTrack("screen", new VideoSource(320, 180));
    return caller.room.localParticipant!.publishTrack(
      screen,
      new TrackPublishOptions({ source: TrackSource.SOURCE_SCREENSHARE }),
    );
  };
  const screenOf = (id: string) =>
    [...(eve.room.remoteParticipants.get(id)?.trackPublications.values() ?? [])].find(
      ({ source }) => source === TrackSource.SOURCE_SCREENSHARE,
    );
  await stage.floor(speaker(personId("@kim:x")));
  await show(kim);
  await until("kim's screen is seen", () => screenOf("@kim:x")?.muted === false);
  await stage.floor(speaker(personId("@ann:x")));
  await until("kim's screen is closed with the word", () => screenOf("@kim:x")?.muted !== false);
  expect(stage.told.filter((line) => line.startsWith("@kim:x") && line.includes("out-of-turn"))).toEqual([]);

  await stage.pastTheDoubt();
  await show(lou);
  await until("lou was found out", () => stage.told.includes("@lou:x published-out-of-turn"));
  await until("lou may not publish, and is not seen", () => !lou.mayPublish && screenOf("@lou:x") === undefined);
  await Promise.all([kim.leave(), lou.leave()]);
});

test("on an open floor everybody is heard", async () => {
  await stage.floor(closed);
  await stage.floor(open);
  const heard = Promise.all([eve.ear("@ann:x").heard(), eve.ear("@bob:x").heard()]);
  setMuted(microphone(ann), false);
  await bob.publish();
  await heard;
});

test("whose turn ends with the meeting is closed, and so is who dropped out of it and comes back with an open microphone", async () => {
  const kim = await stage.join(personId("@kim:x"));
  const muted = (id: string) =>
    [...(eve.room.remoteParticipants.get(id)?.trackPublications.values() ?? [])].map(
      (publication) => publication.muted,
    );
  await stage.floor(speaker(personId("@kim:x")));
  await until("kim's microphone is open", () => muted("@kim:x")[0] === false);
  await stage.floor(open, { active: false });
  await until("and closed with the end", () => muted("@kim:x")[0] === true);
  await until("kim sees it", () => kim.isMuted);
  setMuted(microphone(kim), false);
  await until("kim opens it by hand", () => muted("@kim:x")[0] === false);
  // Longer than the service takes to close what it means to close: that nothing comes cannot be waited for.
  await wait(1_500);
  expect(muted("@kim:x")).toEqual([false]);

  await stage.floor(speaker(personId("@kim:x")));
  await kim.leave();
  await until("kim is away", () => !stage.calls.connected(roomId(stage.room)).includes(personId("@kim:x")));
  await stage.floor(open, { active: false });
  const again = await stage.join(personId("@kim:x"), { muted: false });
  await until("kim is back, and closed", () => muted("@kim:x").at(-1) === true);
  await again.leave();
});

/** Settles when Eve's client is told of somebody's coming or going. */
function eveSees(what: "participantConnected" | "participantDisconnected", id: string): Promise<void> {
  return new Promise((resolve) =>
    eve.room.on(what, ({ identity }: { identity: string }) => {
      if (identity === id) resolve();
    }),
  );
}

async function toldWithinASecond(line: string): Promise<void> {
  const [slow, from] = [slowness([process.pid, stage.livekit.pid]), performance.now()];
  await until(line, () => stage.told.includes(line));
  expect(performance.now() - from).toBeLessThan(1_000 * slow());
}

test("who goes is told within a second after the others in the call know it, who comes too", async () => {
  stage.told.length = 0;
  const comes = eveSees("participantConnected", "@pat:x");
  const pat = await stage.join(personId("@pat:x"));
  await comes;
  await toldWithinASecond("@pat:x came");
  const goes = eveSees("participantDisconnected", "@pat:x");
  await pat.leave();
  await goes;
  await toldWithinASecond("@pat:x went");
});

test("without a meeting the webhooks tell who comes and goes", async () => {
  await stage.floor(open, { active: false });
  await until("nobody watches any more", async () => !(await stage.present()).includes(WATCHER));
  const tom = await stage.join(personId("@tom:x"), { publish: false });
  await until("tom came", () => stage.told.includes("@tom:x came"));
  await tom.leave();
  await until("tom went", () => stage.told.includes("@tom:x went"));
});

test("a token for one room opens no other", async () => {
  const { url, token } = await stage.calls.participantToken(roomId("!elsewhere"), personId("@ann:x"), "Ann");
  await stage.floor(closed);
  const guest = await Caller.join({ url, token });
  await until("ann is known there", () => stage.calls.connected(roomId("!elsewhere")).length > 0);
  expect(guest.room.name).toBe("!elsewhere");
  expect(stage.calls.connected(roomId("!elsewhere"))).toEqual(["@ann:x"]);
  expect(guest.room.remoteParticipants.size).toBe(0);
  await guest.leave();
});

test("a webhook that LiveKit did not sign is refused", async () => {
  const body = JSON.stringify({
    event: "participant_left",
    room: { name: stage.room },
    participant: { identity: "@ann:x", sid: "PA_1" },
  });
  await expect(stage.calls.receiveWebhook(body, undefined)).rejects.toThrow(WebhookRefused);
  await expect(stage.calls.receiveWebhook(body, "nonsense")).rejects.toThrow(WebhookRefused);
  const { token } = await stage.calls.participantToken(roomId(stage.room), personId("@mallory:x"), "Mallory");
  await expect(stage.calls.receiveWebhook(body, token)).rejects.toThrow(WebhookRefused);
});

test("the service goes away in the middle of a turn: after its return all is as the floor says", async () => {
  await stage.floor(speaker(personId("@ann:x")));
  await stage.calls.close();
  // While nobody watches, a rogue can do as they like.
  const heard = eve.ear("@bob:x").heard();
  setMuted(microphone(bob), false);
  await heard;

  stage.told.length = 0;
  stage.calls = stage.startCalls();
  const quiet = eve.ear("@bob:x").silent();
  await stage.floor(speaker(personId("@ann:x")));
  await quiet;
  await until("the watcher is back, and has told who is there", () =>
    ["@ann:x came", "@bob:x came", "@eve:x came", "guarded"].every((line) => stage.told.includes(line)),
  );
  await untilHeard(eve, "@ann:x");
});

// The last one: the others, who follow the call nowhere here, are out of it as well.
test("who is put out of the room is out of the call, and their old token does not bring them back", async () => {
  await stage.floor(closed);
  const access = await stage.calls.participantToken(roomId(stage.room), personId("@sue:x"), "Sue");
  const sue = await Caller.join(access);
  await until("sue came", () => stage.calls.connected(roomId(stage.room)).includes(personId("@sue:x")));
  await stage.calls.remove(roomId(stage.room), personId("@sue:x"));
  await until("sue is out", () => !sue.room.isConnected);

  const again = Caller.join(access);
  void again.then(
    (caller) => caller.leave(),
    () => {},
  );
  // A person who is put out while they come in may never be seen to have tried.
  await wait(1_000);
  await until("it does not keep her in", () => !stage.calls.connected(roomId(stage.room)).includes(personId("@sue:x")));

  const welcome = await stage.join(personId("@sue:x"), { publish: false });
  await until("let in anew, she may come", () =>
    stage.calls.connected(roomId(stage.room)).includes(personId("@sue:x")),
  );
  await welcome.leave();
});

function microphone(caller: Caller): LocalAudioTrack {
  const tracks = [...(caller.room.localParticipant?.trackPublications.values() ?? [])].map(
    (publication) => publication.track,
  );
  const last = tracks.at(-1);
  if (!(last instanceof LocalAudioTrack)) throw new Error("no microphone");
  return last;
}
