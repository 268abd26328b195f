import { expect, test } from "vitest";
import { listVoices, VOICE_RATE, voiceFor16kHz, voicePcm } from "./voices.ts";

test("seven people say one thing in each of two circles", async () => {
  const voices = await listVoices();
  const people = [...new Set(voices.map(({ person }) => person))];
  expect(people).toEqual(["Анна", "Борис", "Вера", "Глеб", "Tom", "Sue", "Kim"]);
  for (const person of people) {
    expect(voices.filter((voice) => voice.person === person).map(({ circle }) => circle)).toEqual([1, 2]);
  }
});

test("every clip is there and lasts between 6 and 12 seconds", async () => {
  for (const { file } of await listVoices()) {
    const samples = await voicePcm(file);
    const seconds = samples.length / VOICE_RATE;
    expect(seconds, file).toBeGreaterThan(6);
    expect(seconds, file).toBeLessThan(12);
    expect(
      samples.some((sample) => sample > 3_000),
      file,
    ).toBe(true);
  }
});

test("a clip for the recogniser is as long as the one for the call", async () => {
  const [forCall, forEars] = await Promise.all([voicePcm("sue-1.opus"), voiceFor16kHz("sue-1.opus")]);
  expect(forEars.length / 16_000).toBeCloseTo(forCall.length / VOICE_RATE, 2);
});
