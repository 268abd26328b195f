import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { EGRESS_KEYS, egressStandIn } from "../../tests/support/call/egress-stand-in.ts";
import { council } from "../../tests/support/circle/play.ts";
import { openedMeetings } from "../../tests/support/journal/opened-meetings.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { personId, roomId } from "../../tests/support/protocol/ids.ts";
import { Config } from "../configuration/config.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import { Purposes } from "../purposes/purposes.ts";
import { News } from "../policies/news.ts";
import { openStores } from "../stores.ts";
import { purposeSentencesOf } from "./purpose-sentences.ts";
import { createRecording } from "./recording.ts";

const ROOM = roomId("!garden:hs");
const [ANN, BOB] = [personId("@ann:hs"), personId("@bob:hs")];

/** A service that records, before a stand-in of LiveKit's Egress: no real one can be run here. */
async function service(of: "people" | "room", { picture = false } = {}) {
  const egress = await egressStandIn();
  const folder = mkdtempSync(join(tmpdir(), "mindminder-recording-"));
  onTestFinished(() => {
    egress.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const config = Config.pick({ speech: true, purposes: true, livekit: true, dataset: true, recording: true }).parse({
    livekit: { url: egress.url.replace("http", "ws"), internalUrl: egress.url, ...EGRESS_KEYS },
    speech: { keepAudioDays: 30 },
    dataset: { targets: { circle: { type: "folder", path: "sets" } } },
    recording: { target: "circle", of, picture },
  });
  const clock = { now: 1_000_000 };
  const now = () => (clock.now += 1);
  const stores = openStores(join(folder, "mindminder.db"), { keepAudioDays: 30, now, say: () => {} });
  const meetings = openedMeetings(stores.journal, { wording: 1, items: [{ what: "comments" }] }, now);
  const sentencesIn = () => purposeSentencesOf(config, { wording: 1, items: [] });
  const purposes = new Purposes({
    journal: stores.purposeJournal,
    unit: stores.journal.unit,
    audio: stores.audio,
    sentencesIn,
    writingChangedAt: () => 0,
  });
  const [news, connected, said] = [new News(), new Set<ParticipantId>(), [] as string[]];
  const begin = () => {
    const it = createRecording({
      loaded: { config, folder } as never,
      log: pino({ level: "silent" }),
      now,
      news,
      stores,
      meetings,
      purposes,
      languageOf: () => "en",
      homeserver: {
        send: async (_: unknown, __: unknown, ___: unknown, content: { body: string }) => {
          said.push(content.body);
        },
      } as never,
      calls: { nameOf: () => "call-1", connected: () => [...connected], listening: () => undefined },
      encryption: null,
    });
    it.start();
    return it;
  };
  let running = begin();
  onTestFinished(async () => {
    await running.stop();
    meetings.stop();
    stores.close();
  });
  const send = (who: ParticipantId, what: object) =>
    meetings.send(ROOM, { ...what, actor: madeActor(who), expectedVersion: null, at: now() } as never);
  return {
    egress,
    folder,
    said,
    stores,
    allow(who: ParticipantId, given: boolean, hash?: string) {
      const shown = hash ?? purposes.shownTo(ROOM, who, "en").find(({ purpose }) => purpose === "sound")?.hash ?? "";
      purposes.answer(ROOM, { actor: madeActor(who), purpose: "sound", given, hash: shown, at: now() });
    },
    comes(who: ParticipantId) {
      connected.add(who);
      news.emit("presence", ROOM, who, true);
    },
    start() {
      for (const who of [ANN, BOB]) send(who, { type: "join", name: who });
      send(ANN, { type: "start", plan: council(), topic: "", seed: 1 });
    },
    end: () => send(ANN, { type: "end" }),
    async restart() {
      await running.stop();
      running = begin();
    },
    files: () =>
      egress.all.map((info) => {
        const request = (info.participant ?? info.roomComposite) as {
          fileOutputs?: { filepath: string }[];
          file?: { filepath: string };
        };
        return request.fileOutputs?.[0]?.filepath ?? request.file?.filepath ?? "";
      }),
  };
}

test("each who allowed it is recorded while the meeting goes on, from their yes to their no, and the room is told", async () => {
  const { egress, allow, comes, start, end, said, files } = await service("people");
  for (const who of [ANN, BOB]) comes(who);
  allow(ANN, true);
  start();
  await expect.poll(egress.recording).toEqual(["@ann:hs"]);
  await expect.poll(() => said).toEqual(["● This call is being recorded, of those who allowed it."]);
  expect(files()[0]).toMatch(/\/sets\/recordings\/m\w+\/\d+-[0-9a-f]{16}\.ogg$/);
  allow(BOB, true);
  await expect.poll(egress.recording).toEqual(["@ann:hs", "@bob:hs"]);
  allow(ANN, false); // in mid-turn
  await expect.poll(egress.recording).toEqual(["@bob:hs"]);
  end();
  await expect.poll(egress.recording).toEqual([]);
  await expect.poll(() => said.at(-1)).toBe("The call is not recorded any more.");
});

test("a whole call is recorded only while everybody in it has allowed it: who comes in without a yes ends that", async () => {
  const { egress, allow, comes, start } = await service("room", { picture: true });
  comes(ANN);
  start();
  allow(ANN, true);
  await expect.poll(egress.recording).toEqual(["call"]);
  expect(egress.all[0]?.roomComposite).toMatchObject({ roomName: "call-1" });
  comes(BOB);
  await expect.poll(egress.recording).toEqual([]);
  allow(BOB, true);
  await expect.poll(egress.recording).toEqual(["call"]);
});

test("a yes to another sentence than today's, which did not speak of recording, is none", async () => {
  const { egress, allow, comes, start } = await service("people");
  for (const who of [ANN, BOB]) comes(who);
  allow(ANN, true, "0".repeat(64));
  allow(BOB, true);
  start();
  await expect.poll(egress.recording).toEqual(["@bob:hs"]);
});

test("while Egress is away nothing else stands still; it is asked again, and a restart goes on with what is recorded", async () => {
  const { egress, allow, comes, start, restart } = await service("people");
  egress.state.away = true;
  comes(ANN);
  allow(ANN, true);
  start();
  egress.state.away = false;
  await expect.poll(egress.recording, { timeout: 20_000 }).toEqual(["@ann:hs"]);
  await restart();
  const looks = () => egress.asked.filter((method) => method === "ListEgress").length;
  const before = looks();
  await expect.poll(looks).toBeGreaterThan(before);
  await expect.poll(egress.recording).toEqual(["@ann:hs"]);
  expect(egress.all, "and does not begin another").toHaveLength(1);
}, 30_000);

test("with their no a person's recordings are gone, and others' stay", async () => {
  const { egress, allow, comes, start, files } = await service("people");
  for (const who of [ANN, BOB]) {
    comes(who);
    allow(who, true);
  }
  start();
  await expect.poll(egress.recording).toHaveLength(2);
  for (const file of files()) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "sound");
  }
  const there = () => files().filter((file) => existsSync(file)).length;
  expect(there()).toBe(2);
  allow(ANN, false);
  await expect.poll(egress.recording).toEqual(["@bob:hs"]);
  comes(BOB);
  expect(there(), "it is written still").toBe(2);
  egress.finish();
  comes(BOB);
  await expect.poll(there, { timeout: 20_000 }).toBe(1);
}, 30_000);
