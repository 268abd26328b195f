import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import type { SoundName } from "../protocol/sound-key.ts";
import type { FromScribe, ToScribe } from "../protocol/scribe-messages.ts";
import type { Recalled } from "./second-ear.ts";
import { cutRescued } from "./spool/cut-rescued.ts";
import type { SpooledPiece } from "./spool/spool.ts";
import { Rescues } from "./rescues.ts";
import { soundKeys } from "../../tests/support/scribe/sound-keys.ts";
import { meetingId, personId } from "../../tests/support/protocol/ids.ts";

const log = pino({ level: "silent" });
const { sealed, of } = soundKeys();
const listen: Extract<ToScribe, { type: "listen" }> = {
  type: "listen",
  meeting: meetingId("m12345678"),
  turn: 3,
  speaker: personId("@ann:hs"),
  language: "en",
  vocabulary: ["Borya"],
  sealedBy: of(),
  call: { url: "ws://x", token: "t" },
};
const sound = { startedAt: 5_000, samples: new Int16Array(4 * 16_000).fill(99) };

function scene(recalled: Recalled, folder = mkdtempSync(join(tmpdir(), "mindminder-rescues-"))) {
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const told: FromScribe[] = [];
  const rescues = new Rescues({ folder, sealed, recall: () => recalled, say: (message) => told.push(message), log });
  const held: SpooledPiece[] = [];
  const cut = (name: SoundName) =>
    cutRescued(name, {
      folder,
      sealed,
      log,
      late: { hold: (piece) => (held.push(piece), { told() {}, nothing() {}, late() {} }) },
      // Finds one piece, from the first second to the third.
      voiceActivity: () => ({
        hear: () => [],
        close: () => [{ samples: new Float32Array(32_000), from: 16_000, to: 48_000 }],
      }),
    });
  return { folder, told, rescues, cut, held };
}

test("what the second ear heard lies on the disk, waits for its text, and is cut into pieces of its turn with their instants", () => {
  const { folder, told, rescues, cut, held } = scene({ sound, unheardMs: 0 });
  rescues.backlog([]);
  const name = rescues.rescue(listen, 5_000, 9_000)!;
  expect(told.at(-1)).toEqual({
    type: "backlog",
    waiting: [{ meeting: "m12345678", turn: 3, pieces: 1, seconds: 4, late: true }],
  });
  expect(rescues.waiting).toEqual([name]);
  cut(name);
  expect(held).toEqual([
    {
      meeting: "m12345678",
      turn: 3,
      speaker: "@ann:hs",
      piece: 1,
      language: "en",
      vocabulary: ["Borya"],
      sealedBy: of(),
      startedAt: 6_000,
      endedAt: 8_000,
    },
  ]);
  rescues.done(name);
  expect(told.at(-1)).toEqual({ type: "backlog", waiting: [] });
  expect(readdirSync(folder)).toEqual([]);
});

test("it outlives the service: the next one has it cut", () => {
  const before = scene({ sound, unheardMs: 0 });
  const name = before.rescues.rescue(listen, 5_000, 9_000);
  const after = scene({ sound: null, unheardMs: 0 }, before.folder);
  expect(after.rescues.waiting).toEqual([name]);
  after.rescues.backlog([{ meeting: meetingId("m12345678"), turn: 3, pieces: 2, seconds: 6, late: false }]);
  expect(after.told).toEqual([
    { type: "backlog", waiting: [{ meeting: "m12345678", turn: 3, pieces: 3, seconds: 10, late: true }] },
  ]);
});

test("what nobody heard is said in seconds, and what is no time is not", () => {
  const { told, rescues } = scene({ sound: null, unheardMs: 6_600 });
  expect(rescues.rescue(listen, 5_000, 11_600)).toBeNull();
  expect(told).toEqual([{ type: "unheard", meeting: "m12345678", turn: 3, seconds: 7 }]);
  const other = scene({ sound: null, unheardMs: 200 });
  other.rescues.rescue(listen, 5_000, 5_200);
  expect(other.told).toEqual([]);
});
