import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { VoiceActivity } from "../../appservice/scribe/voice-activity.ts";
import { quiet } from "../../tools/setup/progress.ts";
import { ensureSpeechModel } from "../../tools/setup/speech-model.ts";
import { patient, runs, soon } from "../fuzz/hostile.ts";
import { listVoices, voiceFor16kHz } from "../voices/voices.ts";

const RATE = 16_000;
let model: string;
beforeAll(async () => {
  model = (await ensureSpeechModel(quiet)).vad;
});

const silence = (seconds: number) => new Float32Array(seconds * RATE);

/** Feeds sound as it comes over a call: in frames of 20 ms. */
function hearAll(activity: VoiceActivity, samples: Float32Array) {
  const pieces = [];
  for (let at = 0; at < samples.length; at += RATE / 50)
    pieces.push(...activity.hear(samples.subarray(at, at + RATE / 50)));
  return pieces;
}

test("every sentence of every clip becomes a piece of its own, with its beginning", async () => {
  for (const { file, text } of await listVoices()) {
    const activity = new VoiceActivity(model);
    const samples = await voiceFor16kHz(file);
    const pieces = [...hearAll(activity, samples), ...activity.close()];
    expect(pieces.length, file).toBe(text.split(/[.?!]/).filter((sentence) => sentence.trim()).length);
    for (const [at, { from, to, samples: heard }] of pieces.entries()) {
      expect(heard.length).toBe(to - from);
      expect(from).toBeGreaterThanOrEqual(pieces[at - 1]?.to ?? 0);
      expect(heard).toEqual(samples.slice(from, to));
      expect((to - from) / RATE).toBeLessThan(12.5);
    }
  }
});

test("a piece says to a third of a second when it began and ended", async () => {
  for (const { file } of await listVoices()) {
    const activity = new VoiceActivity(model);
    const samples = await voiceFor16kHz(file);
    // Silence closes the last piece: closed by the end of a turn, it would end with the turn, not with the speech.
    for (const { from, to } of [...hearAll(activity, samples), ...hearAll(activity, silence(1))]) {
      const isLoud = (at: number) => Math.abs(samples[at] ?? 0) > 0.02;
      const all = Array.from({ length: to - from }, (_, at) => from + at);
      const [first = NaN, last = NaN] = [all.find(isLoud), all.findLast(isLoud)];
      expect((first - from) / RATE, `${file} at ${from / RATE} s`).toBeLessThan(0.35);
      expect((to - last) / RATE, `${file} to ${to / RATE} s`).toBeLessThan(0.35);
    }
  }
});

test("silence and noise are no speech", () => {
  const activity = new VoiceActivity(model);
  const noise = Float32Array.from({ length: 5 * RATE }, () => (Math.random() - 0.5) * 0.01);
  expect([...hearAll(activity, silence(3)), ...hearAll(activity, noise), ...activity.close()]).toEqual([]);
});

test("a pause closes a piece while the listening goes on", async () => {
  const activity = new VoiceActivity(model);
  const samples = await voiceFor16kHz("sue-1.opus");
  expect(hearAll(activity, samples.subarray(0, 2 * RATE))).toEqual([]);
  expect(activity.open?.samples.length).toBeGreaterThan(RATE);
  expect(hearAll(activity, silence(1))).toHaveLength(1);
  expect(activity.open).toBeNull();
});

test("somebody who never pauses is cut, and loses no sample", async () => {
  const activity = new VoiceActivity(model);
  const samples = await voiceFor16kHz("anna-1.opus");
  // One sentence again and again, with the pauses left out.
  const sentence = samples.slice(0.4 * RATE, 2.6 * RATE);
  const endless = new Float32Array(sentence.length * 20);
  for (let at = 0; at < 20; at++) endless.set(sentence, at * sentence.length);
  const pieces = [...hearAll(activity, endless), ...activity.close()];
  expect(pieces.length).toBeGreaterThan(2);
  for (const { samples: heard } of pieces) expect(heard.length / RATE).toBeLessThan(17);
  // Joined again they are what was said, with nothing left out or said twice at the cuts.
  for (const [at, { from }] of pieces.entries())
    if (at > 0) expect(Math.abs(from - (pieces[at - 1]?.to ?? 0)) / RATE).toBeLessThan(0.03);
  const heard = pieces.reduce((sum, piece) => sum + piece.samples.length, 0);
  expect(heard / endless.length).toBeGreaterThan(0.95);
});

test("a stream that breaks off and goes on is heard on", async () => {
  const activity = new VoiceActivity(model);
  const samples = await voiceFor16kHz("tom-1.opus");
  hearAll(activity, samples.subarray(0, 1.5 * RATE));
  expect(activity.close()).toHaveLength(1);
  expect(activity.close()).toEqual([]);
  expect([...hearAll(activity, samples.subarray(2.6 * RATE)), ...activity.close()].length).toBeGreaterThanOrEqual(2);
});

test(
  "whatever comes over the line, its pieces lie in order within what was heard, and none is longer than the engine takes",
  patient,
  async () => {
    const clips = await Promise.all((await listVoices()).slice(0, 3).map(({ file }) => voiceFor16kHz(file)));
    const frame = fc.oneof(
      fc.float32Array({ maxLength: 2_000 }),
      fc
        .record({
          length: fc.integer({ min: 0, max: 60_000 }),
          loud: fc.constantFrom(0, 1e-9, 0.3, 1, 50, 1e30, Number.NaN, Number.POSITIVE_INFINITY),
          step: fc.integer({ min: 1, max: 90 }),
        })
        .map(({ length, loud, step }) =>
          Float32Array.from({ length }, (_, i) => (loud * Math.sin(i / step) * ((i * 7919) % 13)) / 13),
        ),
      fc.constantFrom(...clips),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { maxLength: 12 }), async (frames) => {
        const listening = new VoiceActivity(model);
        const pieces = await soon(() => [
          ...frames.flatMap((samples) => listening.hear(samples)),
          ...listening.close(),
        ]);
        const heard = frames.reduce((sum, { length }) => sum + length, 0);
        for (const [i, { from, to, samples }] of pieces.entries()) {
          expect(from).toBeGreaterThanOrEqual(pieces[i - 1]?.to ?? 0);
          expect(to).toBeGreaterThanOrEqual(from);
          expect(to).toBeLessThanOrEqual(heard);
          expect(samples.length).toBeLessThanOrEqual(30 * RATE);
        }
      }),
      runs(12),
    );
  },
);
