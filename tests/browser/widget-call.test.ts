import { setTimeout as wait } from "node:timers/promises";
import { TrackSource } from "@livekit/rtc-node";
import { RoomServiceClient } from "livekit-server-sdk";
import type { Browser, FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Caller } from "../support/call/caller.ts";
import { closed, heardWithin, open as openFloor, speaker, Stage, untilSilent } from "../support/call/call-stage.ts";
import { Follower } from "../support/rogue/follows.ts";
import { launchChromium } from "../support/stack/chromium.ts";
import { type FakeService, startFakeService } from "./fake-service/fake-service.ts";
import { scene } from "./fake-service/states.ts";
import { personId, roomId } from "../support/protocol/ids.ts";

/** The one in the browser, as the made-up meeting of four has it. */
const ME = personId("@p3:example.org");
const ROOM = roomId("!others-turn.4");

let stage: Stage;
let service: FakeService;
let browser: Browser;
let page: Page;
let widget: FrameLocator;
let listener: Caller;
const problems: string[] = [];

beforeAll(async () => {
  stage = await Stage.open();
  await stage.floor(closed);
  listener = await stage.join(personId("@p1:example.org"));
  service = await startFakeService({
    call: {
      livekitUrl: stage.livekit.url,
      access: (_room, who) => stage.calls.participantToken(roomId(stage.room), personId(who), who),
      open: async () => undefined,
    },
    purposes: [
      { purpose: "sound", text: "Keep my sound.", hash: "0".repeat(64), given: true, since: 1, offered: true },
    ],
  });
  browser = await launchChromium({ args: ["--autoplay-policy=no-user-gesture-required"] });
  page = await (
    await browser.newContext({ viewport: { width: 1280, height: 720 }, permissions: ["microphone", "camera"] })
  ).newPage();
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(`${service.url}/host-page/#code=others-turn.4`);
  widget = page.frameLocator("iframe");
});
afterAll(async () => {
  await browser?.close();
  await service?.close();
  await stage?.close();
  expect(problems).toEqual([]);
});

/** A busy machine may take its time. */
const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read);
const admin = () => new RoomServiceClient(stage.livekit.httpUrl, stage.livekit.apiKey, stage.livekit.apiSecret);
const microphone = () => widget.getByTestId("microphone").getAttribute("data-microphone");

async function join(frame: FrameLocator): Promise<void> {
  await frame.getByTestId("join").click();
  await frame.getByTestId("join-now").click();
  await frame.getByTestId("leave").waitFor();
}

test("it joins muted: not a sound before the word comes", async () => {
  await join(widget);
  await eventually(microphone).toBe("muted");
  expect(await heardWithin(800, listener, ME)).toBe(0);
});

test("the server opens the microphone with the word, and closes it with the next", async () => {
  const heard = listener.ear(ME).heard();
  await stage.floor(speaker(ME));
  await heard;
  await eventually(microphone).toBe("open");
  await stage.floor(speaker(personId("@p1:example.org")));
  await eventually(microphone).toBe("muted");
});

test("the lamp is no switch in a circle", async () => {
  await widget.getByTestId("microphone").click({ force: true });
  // Waits to see that nothing comes of it: an unmute is told within a tenth of that.
  await wait(300);
  expect(await microphone()).toBe("muted");
  expect(stage.told).not.toContain(`${ME} unmuted-out-of-turn`);
});

test("the call's metadata draws the ring at once", async () => {
  const { meeting } = scene("my-turn", 4, ROOM, Date.now());
  if (!meeting) throw new Error("no scene");
  stage.calls.project(roomId(stage.room), {
    floor: speaker(ME),
    metadata: { meeting: { ...meeting, version: 40 }, record: 1 },
    active: true,
  });
  await widget.getByTestId("pass").waitFor();
  await eventually(microphone).toBe("open");
});

test("all in the call see that it is recorded, and of whom; whoever is in it ends it with one press", async () => {
  const of = (people: ReturnType<typeof personId>[]) =>
    stage.calls.recorded(roomId(stage.room), { people, whole: false });
  const banner = widget.locator('[data-banner="recorded"]');
  of([personId("@p1:example.org")]);
  await banner.waitFor();
  expect(await banner.getByRole("button").count(), "who is not in it has nothing to end").toBe(0);
  of([personId("@p1:example.org"), ME]);
  await widget.getByTestId("stop-recording").waitFor();
  await widget.getByTestId("stop-recording").click();
  await eventually(() => service.purposesAnswered).toEqual([{ purpose: "sound", given: false }]);
  of([]);
  await banner.waitFor({ state: "detached" });
});

test("when its right to publish is taken and given back, it publishes anew, and muted", async () => {
  await stage.floor(speaker(personId("@p1:example.org")));
  await eventually(microphone).toBe("muted");
  await stage.pastTheDoubt();
  await admin().updateParticipant(stage.room, ME, {
    permission: { canPublish: false, canSubscribe: true, canPublishData: false },
  });
  await eventually(microphone).toBe("none");
  const heard = listener.ear(ME).heard();
  await admin().updateParticipant(stage.room, ME, {
    permission: { canPublish: true, canSubscribe: true, canPublishData: false },
  });
  await eventually(microphone).toBe("muted");
  expect(await heardWithin(500, listener, ME)).toBe(0);
  await stage.floor(speaker(ME));
  await heard;
});

test("a camera is seen in the ring", async () => {
  await widget.getByTestId("camera").click();
  await widget.locator(`[data-participant="${ME}"] video`).waitFor();
  await widget.getByTestId("camera").click();
  await eventually(() => widget.locator("video").count()).toBe(0);
});

test("a screen is shown in one's own turn, and taken back when the word goes on", async () => {
  await widget.getByTestId("screen").click();
  await widget.getByTestId("shown-screen").waitFor();
  const seen = () =>
    [...(listener.room.remoteParticipants.get(ME)?.trackPublications.values() ?? [])]
      .filter(({ source }) => source === TrackSource.SOURCE_SCREENSHARE)
      .map(({ muted }) => muted);
  await eventually(seen).toEqual([false]);
  await stage.floor(speaker(personId("@p1:example.org")));
  await eventually(seen).toEqual([]);
  await widget.getByTestId("shown-screen").waitFor({ state: "detached" });
  expect(stage.told).not.toContain(`${ME} published-out-of-turn`);
});

test("the circle in another window takes the seat, and says so; the seat can be taken back", async () => {
  const other = await (
    await browser.newContext({ viewport: { width: 1280, height: 720 }, permissions: ["microphone", "camera"] })
  ).newPage();
  await other.goto(`${service.url}/host-page/#code=others-turn.4`);
  const second = other.frameLocator("iframe");
  await join(second);
  await widget.locator('[data-screen="otherTab"]').waitFor();
  await widget.getByTestId("sit-here").click();
  await second.locator('[data-screen="otherTab"]').waitFor();
  await widget.locator('[data-screen="otherTab"]').waitFor({ state: "detached" });
  await eventually(microphone).toBe("muted");
  await other.context().close();
});

test("when somebody is put out, the call moves on without them, and the widget follows by itself: heard again, and never open by mistake", async () => {
  const stays = await Follower.join(() =>
    stage.calls.participantToken(roomId(stage.room), personId("@p2:example.org"), "p2"),
  );
  await stage.calls.participantToken(roomId(stage.room), personId("@p4:example.org"), "p4");
  await stage.floor(speaker(ME));
  await eventually(microphone).toBe("open");
  await stage.calls.remove(roomId(stage.room), personId("@p4:example.org"));
  await eventually(() => stays.moves).toBe(1);
  await eventually(() => heardWithin(200, stays.caller, ME)).toBeGreaterThan(0);
  await eventually(microphone).toBe("open");
  await stage.floor(speaker(personId("@p2:example.org")));
  await eventually(microphone).toBe("muted");
  await untilSilent(stays.caller, ME);
  expect(await heardWithin(500, stays.caller, ME)).toBe(0);
  expect(await widget.locator(".screen").count()).toBe(0);
  await stays.leave();
});

test("leaving ends the call and says so to the service", async () => {
  await stage.floor(openFloor);
  await widget.getByTestId("leave").click();
  await widget.getByTestId("join").waitFor();
  await eventually(() => service.commands.at(-1)).toEqual({ type: "leave" });
  await eventually(() => stage.told).toContain(`${ME} went`);
});
