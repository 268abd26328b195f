import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FLACDecoder } from "@wasm-audio-decoders/flac";
import { expect, test } from "vitest";
import { UnreadableAudio } from "./audio.ts";
import { flacOf } from "./flac-write.ts";
import { readSpeech } from "./read-audio.ts";
import { readFlac } from "./flac-read.ts";
import { wavOf } from "./wav.ts";

const VOICES = join(import.meta.dirname, "../../../tests/voices");

/** Something like a vowel, with silence and with the loudest sound there is. */
const sound = Float32Array.from({ length: 9_000 }, (_, at) =>
  at < 500
    ? 0
    : at < 600
      ? at % 2
        ? 1
        : -1
      : 0.3 * Math.sin(at / 9) + 0.2 * Math.sin(at / 3.3) + ((at * 7_919) % 101) / 5_000,
);

const pcm = (samples: Float32Array) => [...samples].map((sample) => Math.round(sample * 32_768) + 0);
const written = (samples: Float32Array) =>
  [...samples].map((sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 32_767) + 0);

function file(bytes: Uint8Array): string {
  const path = join(mkdtempSync(join(tmpdir(), "mindminder-audio-")), "sound");
  writeFileSync(path, bytes);
  return path;
}

function atRate(hertz: number): Buffer {
  const bytes = wavOf(sound);
  bytes.writeUInt32LE(hertz, 24);
  return bytes;
}

test("what is written as FLAC is read by libFLAC, the same to the last bit", async () => {
  const decoder = new FLACDecoder();
  await decoder.ready;
  const { channelData, sampleRate, errors } = await decoder.decodeFile(flacOf(sound));
  expect({ sampleRate, errors }).toEqual({ sampleRate: 16_000, errors: [] });
  // This decoder makes 1 of 32 767, and not of 32 768.
  expect([...(channelData[0] ?? [])].map((sample) => Math.round(sample * 32_767) + 0)).toEqual(written(sound));
  decoder.free();
});

test.each([1, 17, 4_095, 4_096, 8_193])("%i samples as FLAC are read again as they were", (length) => {
  const samples = sound.slice(300, 300 + length);
  const {
    rate,
    channels: [only = new Float32Array(0)],
  } = readFlac(flacOf(samples));
  expect(rate).toBe(16_000);
  expect(pcm(only)).toEqual(written(samples));
});

test("speech as FLAC takes little more than half the room it takes as WAV", async () => {
  const speech = await readSpeech(join(VOICES, "sue-1.opus"));
  expect(flacOf(speech).length).toBeLessThan(wavOf(speech).length * 0.6);
});

test("WAV, FLAC and Opus are read as 16 kHz mono, whatever they are called", async () => {
  const opus = await readSpeech(join(VOICES, "sue-1.opus"));
  expect(opus.length / 16_000).toBeCloseTo(8.7, 0);
  const [wav, flac] = await Promise.all([readSpeech(file(wavOf(opus))), readSpeech(file(flacOf(opus)))]);
  expect(wav.length).toBe(opus.length);
  expect(pcm(flac)).toEqual(pcm(wav));
});

test.each([
  ["text", Buffer.from("hello, this is text")],
  ["nothing", Buffer.alloc(0)],
  ["a WAV without samples", wavOf(new Float32Array(0))],
  ["half a FLAC", flacOf(sound).subarray(0, 900)],
  ["half a header", Buffer.from("RIFF1234WAVEfmt ")],
  ["a WAV of no samples a second", atRate(0)],
  ["a WAV of one sample a second", atRate(1)],
  ["a WAV of more than any recorder makes", atRate(4_000_000_000)],
])("%s is no audio, and is said not to be", async (_, bytes) => {
  await expect(readSpeech(file(bytes))).rejects.toBeInstanceOf(UnreadableAudio);
});
