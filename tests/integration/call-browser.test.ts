import { createServer, type Server } from "node:http";
import { once } from "node:events";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import type { Room } from "livekit-client";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Caller } from "../support/call/caller.ts";
import { launchChromium } from "../support/stack/chromium.ts";
import { closed, heardWithin, speaker, Stage, until, untilSilent } from "../support/call/call-stage.ts";
import { personId, roomId } from "../support/protocol/ids.ts";

/** livekit-client as a page has it, with the room we made in it. */
type InPage = {
  LivekitClient: typeof import("livekit-client");
  room: Room;
};

let stage: Stage;
let eve: Caller;
let browser: Browser, page: Page, server: Server;

beforeAll(async () => {
  stage = await Stage.open();
  await stage.floor(closed);
  await stage.join(personId("@ann:x"), { tone: 440 });
  eve = await stage.join(personId("@eve:x"), { tone: 880 });

  // Microphones are for pages that come from somewhere.
  server = createServer((_request, response) =>
    response.setHeader("content-type", "text/html").end("<title>call</title>"),
  ).listen(0, "127.0.0.1");
  await once(server, "listening");
  browser = await launchChromium();
  page = await (await browser.newContext({ permissions: ["microphone"] })).newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.addScriptTag({ path: createRequire(import.meta.url).resolve("livekit-client") });
});
afterAll(async () => {
  await browser?.close();
  server?.close();
  await stage?.close();
});

test("a browser joins with its microphone muted, and is heard when the word comes", async () => {
  await enter();
  expect(await heardWithin(500, eve, "@bob:x")).toBe(0);
  const heard = eve.ear("@bob:x").heard();
  await stage.floor(speaker(personId("@bob:x")));
  await heard;
});

test("a browser that unmutes out of turn is not heard, and knows that it may not speak", async () => {
  await stage.floor(speaker(personId("@ann:x")));
  await stage.pastTheDoubt();
  for (let tries = 1; tries <= 5; tries++) {
    const leak = stage.leakTo(eve, "@bob:x");
    await page.evaluate(async () => {
      const { room } = globalThis as unknown as InPage;
      await room.localParticipant.setMicrophoneEnabled(true).catch(() => {});
    });
    await until("bob was found out", () => stage.told.includes("@bob:x unmuted-out-of-turn"));
    await untilSilent(eve, "@bob:x");
    const { heardMs, blinkMs } = leak();
    expect(heardMs).toBeLessThanOrEqual(blinkMs);
  }
  await page.waitForFunction(
    () => (globalThis as unknown as InPage).room.localParticipant.permissions?.canPublish === false,
  );
});

test("with the next turn it may publish again, and is heard", async () => {
  const heard = eve.ear("@bob:x").heard();
  await stage.floor(speaker(personId("@bob:x")));
  await page.waitForFunction(
    () => (globalThis as unknown as InPage).room.localParticipant.permissions?.canPublish === true,
  );
  await page.evaluate(publishMuted);
  await heard;
});

test("LiveKit dies and comes back: the browser is in again, and the floor is as it was", async () => {
  await stage.livekit.kill();
  await until("it is noticed", () => stage.told.includes("away"));
  const heard = eve.ear("@bob:x").heard();
  await stage.livekit.restart();
  // livekit-client gives up for good if it finds LiveKit before we have made the room again; the widget asks for a new
  // token then.
  let isBack = false;
  const returning = until("the browser is back", async () => {
    if (!isBack && (await page.evaluate(() => (globalThis as unknown as InPage).room.state)) === "disconnected")
      await enter().catch(() => {});
    return isBack;
  });
  await heard;
  isBack = true;
  await returning;
});

async function enter(): Promise<void> {
  const access = await stage.calls.participantToken(roomId(stage.room), personId("@bob:x"), "Bob");
  await page.evaluate(async ({ url, token }) => {
    const inPage = globalThis as unknown as InPage;
    inPage.room = new inPage.LivekitClient.Room();
    await inPage.room.connect(url, token);
  }, access);
  await page.evaluate(publishMuted);
}

/** Publishes as the widget does: the microphone is there, muted, for the facilitator to open. */
async function publishMuted(): Promise<void> {
  const { room, LivekitClient } = globalThis as unknown as InPage;
  const track = await LivekitClient.createLocalAudioTrack();
  await track.mute();
  await room.localParticipant.publishTrack(track, { source: LivekitClient.Track.Source.Microphone });
}
