import { expect, test } from "vitest";
import { openSpeech, openText, sealSpeech, sealText } from "./cargo.ts";
import { FleetSeal, SealBroken } from "./sealing.ts";

const seal = new FleetSeal("a secret that all machines of the fleet have");
const other = new FleetSeal("a secret that all machines of another fleet have");
const speech = {
  samples: Float32Array.from({ length: 4_000 }, (_, at) => Math.round(20_000 * Math.sin(at / 9)) / 32_768),
  language: "ru" as const,
  vocabulary: ["Тимофеева"],
};

test("sound and its facts come out as they went in, and lie closed between", () => {
  const sealed = sealSpeech(seal, "m1.1.1", speech, 3);
  expect(sealed.toString("latin1")).not.toContain("vocabulary");
  expect(sealed.toString("utf8")).not.toContain("Тимофеева");
  const opened = openSpeech(seal, "m1.1.1", sealed);
  expect(opened).toMatchObject({ language: "ru", vocabulary: ["Тимофеева"], version: 3 });
  const furthest = Math.max(...opened.samples.map((sample, at) => Math.abs(sample - (speech.samples[at] ?? NaN))));
  expect(furthest).toBeLessThan(1e-4);
});

test("a text that belongs to another piece, to another fleet, or was changed is not taken", () => {
  const sealed = sealText(seal, "m1.1.1", { text: "yes", language: "en" });
  expect(openText(seal, "m1.1.1", sealed)).toMatchObject({ text: "yes", language: "en" });
  expect(() => openText(seal, "m1.1.2", sealed)).toThrow(SealBroken);
  expect(() => openText(other, "m1.1.1", sealed)).toThrow(SealBroken);
  const changed = Buffer.from(sealed, "base64");
  changed[20] = (changed[20] ?? 0) ^ 1;
  expect(() => openText(seal, "m1.1.1", changed.toString("base64"))).toThrow(SealBroken);
});

test("sound is not taken for a text, nor nothing for sound", () => {
  const sound = sealSpeech(seal, "m1.1.1", speech);
  expect(() => openText(seal, "m1.1.1", sound.toString("base64"))).toThrow(SealBroken);
  expect(() => openSpeech(seal, "m1.1.1", Buffer.alloc(0))).toThrow(SealBroken);
});

test("fleets of different keys have different names", () => {
  expect(seal.fingerprint).toMatch(/^[0-9a-f]{12}$/);
  expect(other.fingerprint).not.toBe(seal.fingerprint);
});
