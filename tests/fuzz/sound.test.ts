import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { pino } from "pino";
import { expect, test } from "vitest";
import { UnreadableAudio } from "../../appservice/scribe/audio/audio.ts";
import { flacOf } from "../../appservice/scribe/audio/flac-write.ts";
import { readFlac } from "../../appservice/scribe/audio/flac-read.ts";
import { readSpeech } from "../../appservice/scribe/audio/read-audio.ts";
import { wavOf } from "../../appservice/scribe/audio/wav.ts";
import { Spool } from "../../appservice/scribe/spool/spool.ts";
import { anything, patient, runs, soon, spoiled, spoiledBytes } from "./hostile.ts";
import { meetingId, personId } from "../support/protocol/ids.ts";
import { soundKeys } from "../support/scribe/sound-keys.ts";

const sound = Float32Array.from({ length: 4_000 }, (_, i) => Math.sin(i / 7) * 0.5);
const log = pino({ level: "silent" });
const folder = () => mkdtempSync(join(tmpdir(), "mindminder-fuzz-"));
/** A file of a few kilobytes that asks for more means harm. */
const MOST_SAMPLES = 50_000_000;

test("any samples at all are kept and read again", patient, async () => {
  const samples = fc.oneof(
    fc.float32Array({ maxLength: 5_000, noNaN: true, min: -1, max: 1 }),
    fc.float32Array({ maxLength: 200 }),
    fc
      .record({ value: fc.float({ noNaN: true }), length: fc.integer({ min: 0, max: 20_000 }) })
      .map(({ value, length }) => new Float32Array(length).fill(value)),
  );
  await fc.assert(
    fc.asyncProperty(samples, async (each) => {
      const [read = new Float32Array(0)] = await soon(() => readFlac(flacOf(each)).channels);
      expect(read.length).toBe(each.length);
      each.forEach((sample, i) => {
        const clipped = Number.isNaN(sample) ? 0 : Math.max(-1, Math.min(1, sample));
        expect(Math.abs((read[i] ?? 9) - clipped)).toBeLessThan(1e-3);
      });
    }),
    runs(60),
  );
});

test("a spoiled file of sound is read as far as it goes, or refused in words", patient, async () => {
  const file = join(folder(), "sound");
  await fc.assert(
    fc.asyncProperty(spoiledBytes([flacOf(sound), wavOf(sound)]), async (bytes) => {
      writeFileSync(file, bytes);
      const read = await soon(() => readSpeech(file).catch((error: unknown) => error));
      if (read instanceof Float32Array) expect(read.length).toBeLessThan(MOST_SAMPLES);
      else expect(read).toBeInstanceOf(UnreadableAudio);
    }),
    runs(200),
  );
});

test(
  "whatever lies in the folder of waiting speech, the scribe starts, and what is whole is still there",
  patient,
  async () => {
    const piece = {
      meeting: meetingId("m0123456789abcdef"),
      turn: 1,
      speaker: personId("@ann:hs"),
      piece: 1,
      startedAt: 1_000,
      endedAt: 2_000,
      language: "auto" as const,
      vocabulary: [],
    };
    const json = fc.oneof(spoiled([piece]), anything).map((value) => JSON.stringify(value) ?? "");
    await fc.assert(
      fc.asyncProperty(
        json,
        spoiledBytes([flacOf(sound)]),
        fc.constantFrom("m0123456789abcdef.2.5", "..", "x", "m.1"),
        async (text, bytes, name) => {
          const path = folder();
          const key = new Spool({ folder: path, sealed: soundKeys().sealed, megabytes: 10, log }).put(piece, sound);
          writeFileSync(join(path, `${name}.json`), text);
          writeFileSync(join(path, `${name}.flac`), bytes);
          const again = await soon(() => new Spool({ folder: path, sealed: soundKeys().sealed, megabytes: 10, log }));
          expect(again.read(key!)?.samples.length).toBe(sound.length);
          for (const [other] of again.entries()) again.read(other);
        },
      ),
      runs(25),
    );
  },
);
