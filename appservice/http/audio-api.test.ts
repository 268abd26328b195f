import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Router } from "express";
import { pino } from "pino";
import { afterEach, expect, test } from "vitest";
import { Play } from "../../tests/support/circle/play.ts";
import { openDatabase } from "../store/database.ts";
import { madeIssuers } from "../admission/testing/made-issuers.ts";
import { Accesses } from "../store/accesses.ts";
import { KeptAudio } from "../store/kept-audio.ts";
import { Sessions } from "../store/sessions.ts";
import { SEES_ALL } from "../store/sight.ts";
import { DEVICE_HEADER } from "../protocol/http-api.ts";
import { madePurposes } from "../../tests/support/purposes/made-purposes.ts";
import { Recording } from "../../tests/support/record/recording.ts";
import { LimitOptions } from "./limits.ts";
import { listen } from "./server.ts";
import { type WidgetApiDeps, widgetApi } from "./widget-api.ts";
import type { RoomId } from "../protocol/identity.ts";
import type { Refusal } from "../protocol/refusal.ts";
import { meetingId, personId, roomId } from "../../tests/support/protocol/ids.ts";

let server: Server | undefined;
afterEach(() => void server?.close());

const DAY = 24 * 3600_000;
const [ROOM, OTHER] = [roomId("!circle"), roomId("!elsewhere")];
const ANN = personId("@ann:hs");
const SOUND = "fLaC, or so it says";

/** A service with one meeting, in which Ann has said something half a day ago and agreed to have it kept. */
const DEVICE = "a-tab-of-a-browser";

async function service({ days = 2 } = {}) {
  const db = openDatabase(":memory:");
  const folder = mkdtempSync(join(tmpdir(), "mindminder-kept-"));
  let now = 10 * DAY;
  const audio = new KeptAudio({ db, folder, days, now: () => now });
  const { state } = new Play().gather("ann", "bob").start("ann").by("ann", "pass");
  const record = new Recording();
  const startedAt = now - DAY / 2;
  record.add({
    type: "utterance-heard",
    utterance: {
      id: "1.1",
      turn: 1,
      circle: 0,
      speaker: ANN,
      startedAt,
      endedAt: startedAt + 1,
      language: "en",
      engine: { id: "e", model: "m" },
      text: "Hello.",
      segments: [{ kind: "speech", text: "Hello." }],
    },
  });
  audio.consent({ room: ROOM, speaker: ANN }, true);
  const place = audio.placeFor({ room: ROOM, speaker: ANN }, { meeting: state.id, turn: 1, startedAt });
  const file = join(folder, place ?? "nowhere");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, SOUND);

  const purposes = madePurposes(db, { audio });
  const sessions = new Sessions(db);
  const members = new Set([ANN, "@bob:hs", "@bot:hs"]);
  const parts = {
    audio,
    purposes,
    accesses: new Accesses(db),
    refusalText: ({ code }: Refusal) => code,
    sessions,
    now: () => now,
    meetings: {
      placeFor: (room: RoomId) => room,
      // In one piece a long meeting would keep all others waiting.
      readByAndBy: async (room: string, id: string) =>
        room === ROOM && id === state.id ? { meeting: state, record: record.now } : null,
    },
    admissions: madeIssuers({
      rooms: {
        isJoined: async (_, who) => members.has(who),
        isModerator: async () => false,
        nameOf: async (_, who) => who,
      },
      sight: { of: async () => SEES_ALL },
    }),
    room: { hasBot: async () => members.has("@bot:hs") },
  } as unknown as WidgetApiDeps;
  server = await listen(
    {
      appservice: Router(),
      widgetApi: widgetApi(parts),
      widgetFiles: Router(),
      health: Router(),
      livekitWebhook: async () => {},
    },
    { bind: "127.0.0.1", port: 0, trustedProxies: [], limits: LimitOptions.parse({}) },
    pino({ level: "silent" }),
  );
  const { port } = server.address() as AddressInfo;
  const ask = (
    path: string,
    as: string | null,
    { room = ROOM, range, body }: { room?: RoomId; range?: string; body?: unknown } = {},
  ) => {
    const token =
      as === null
        ? "made-up"
        : sessions.open({ participant: personId(as), room, device: DEVICE, expiresAt: now + DAY });
    const headers = {
      authorization: `Bearer ${token}`,
      [DEVICE_HEADER]: DEVICE,
      "content-type": "application/json",
      ...(range ? { range } : {}),
    };
    return fetch(`http://127.0.0.1:${port}/api/v1/rooms/${encodeURIComponent(room)}/${path}`, {
      headers,
      ...(body ? { method: "POST", body: JSON.stringify(body) } : {}),
    });
  };
  return {
    ask,
    file,
    audio,
    purposes,
    members,
    later: (ms: number) => (now += ms),
    sound: `meetings/${state.id}/audio/1.1`,
    hearable: `meetings/${state.id}/audio`,
  };
}

test("who is in the room hears what was said, whole or in part", async () => {
  const { ask, sound, hearable } = await service();
  expect(await (await ask(hearable, "@bob:hs")).json()).toEqual({ utterances: ["1.1"], keeps: true });
  const whole = await ask(sound, "@bob:hs");
  expect([
    whole.status,
    whole.headers.get("content-type"),
    whole.headers.get("cache-control"),
    await whole.text(),
  ]).toEqual([200, "audio/flac", "no-store", SOUND]);
  const part = await ask(sound, "@bob:hs", { range: "bytes=0-3" });
  expect([part.status, await part.text()]).toEqual([206, "fLaC"]);
});

test("who has no session, has left the room, or sits in another hears nothing", async () => {
  const { ask, sound, members } = await service();
  expect((await ask(sound, null)).status).toBe(401);
  expect((await ask(sound, "@eve:hs")).status).toBe(403);
  expect((await ask(sound, ANN, { room: OTHER })).status).toBe(404);
  members.delete("@bob:hs");
  expect((await ask(sound, "@bob:hs")).status).toBe(403);
  expect((await ask(sound.replace("1.1", encodeURIComponent("../../x")), ANN)).status).toBe(404);
});

test("consent that is taken back takes the sound away at once, and only one's own", async () => {
  const { ask, sound, file, purposes } = await service();
  const no = { purpose: "sound", given: false };
  expect((await ask("my-purposes", "@bob:hs", { body: no })).status).toBe(200);
  expect(existsSync(file)).toBe(true);
  const yes = { purpose: "sound", given: true, hash: purposes.shownTo(ROOM, ANN, "en")[1]?.hash };
  expect(await (await ask("my-purposes", ANN, { body: yes })).json()).toMatchObject({
    purposes: [{}, { purpose: "sound", given: true }, {}, {}],
  });
  expect(await (await ask("my-purposes", ANN, { body: no })).json()).toMatchObject({
    purposes: [{}, { purpose: "sound", given: false }, {}, {}],
  });
  expect(existsSync(file)).toBe(false);
  expect((await ask(sound, ANN)).status).toBe(404);
  expect((await ask("my-purposes", ANN, { body: { purpose: "sound", given: "perhaps" } })).status).toBe(400);
});

test("nobody says yes to a sentence that they were not shown, nor to what there is no use for", async () => {
  const { ask } = await service();
  const answer = (purpose: string, hash: string) =>
    ask("my-purposes", "@bob:hs", { body: { purpose, given: true, hash } }).then((said) => said.json());
  expect(await answer("sound", "0".repeat(64))).toMatchObject({ errcode: "ORG.MINDMINDER.SHOWN_CHANGED" });
  expect(await answer("publish", "0".repeat(64))).toMatchObject({ errcode: "ORG.MINDMINDER.PURPOSE_NOT_OFFERED" });
});

test("after its days nobody hears it, and it is deleted", async () => {
  const { ask, sound, file, audio, later } = await service();
  audio.sweep();
  expect(existsSync(file)).toBe(true);
  later(1.6 * DAY);
  expect((await ask(sound, ANN)).status).toBe(404);
  audio.sweep();
  expect(existsSync(file)).toBe(false);
});

test("many files are looked through in small parts, and whoever agrees meanwhile keeps theirs", async () => {
  const { audio, file } = await service();
  for (let n = 0; n < 100; n++) writeFileSync(join(dirname(file), `m12345678-1-${10 * DAY + n}.flac`), SOUND);
  const bob = { room: ROOM, speaker: personId("@bob:hs") };
  const sweeping = audio.sweeping();
  sweeping.next();
  audio.consent(bob, true);
  const place = audio.placeFor(bob, { meeting: meetingId("m12345678"), turn: 1, startedAt: 10 * DAY });
  const his = join(dirname(dirname(dirname(file))), place ?? "nowhere");
  mkdirSync(dirname(his), { recursive: true });
  writeFileSync(his, SOUND);
  let parts = 1;
  for (const _ of sweeping) parts += 1;
  expect(parts).toBeGreaterThan(100);
  expect([existsSync(file), existsSync(his)]).toEqual([true, true]);
});

test("where none is kept nothing has a place, and what is left from before goes", () => {
  const [db, folder] = [openDatabase(":memory:"), mkdtempSync(join(tmpdir(), "mindminder-kept-"))];
  const [before, after] = [5, 0].map((days) => new KeptAudio({ db, folder, days, now: () => 10 * DAY }));
  const [of, at] = [
    { room: ROOM, speaker: ANN },
    { meeting: meetingId("m12345678"), turn: 1, startedAt: 10 * DAY },
  ];
  expect(before?.placeFor(of, at), "nobody has agreed").toBeNull();
  before?.consent(of, true);
  const file = join(folder, before?.placeFor(of, at) ?? "");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, SOUND);
  expect(after?.placeFor(of, at)).toBeNull();
  after?.sweep();
  expect(existsSync(file)).toBe(false);
});
