import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { flacOf } from "../audio/flac-write.ts";
import { wavOf } from "../audio/wav.ts";
import { readPairs } from "./pairs.ts";

const second = new Float32Array(16_000).fill(0.1);

function folder(files: { readonly [name: string]: string | Uint8Array }): string {
  const place = mkdtempSync(join(tmpdir(), "mindminder-pairs-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(place, name, ".."), { recursive: true });
    writeFileSync(join(place, name), content);
  }
  return place;
}

test("recordings in folders below are found with what is said in them, and its language", async () => {
  const { pairs, bad } = await readPairs(
    folder({
      "a.wav": wavOf(second),
      "a.txt": "one",
      "ru/б.flac": flacOf(second),
      "ru/б.txt": "\uFEFFраз\n",
      "notes.txt": "no audio",
    }),
  );
  expect(bad).toEqual([]);
  expect(pairs.map(({ name, said, language, samples }) => [name, said, language, samples.length])).toEqual([
    ["a", "one", "auto", 16_000],
    [join("ru", "б"), "раз", "ru", 16_000],
  ]);
});

test("all that is wrong is said at once, with what to do", async () => {
  const { pairs, bad } = await readPairs(
    folder({
      "alone.wav": wavOf(second),
      "broken.wav": "RIFF",
      "broken.txt": "one",
      "mute.wav": wavOf(second),
      "mute.txt": " … \n",
    }),
  );
  expect(pairs).toEqual([]);
  expect(bad.map(({ problem }) => problem)).toEqual([
    "there is no text beside it.",
    "it cannot be read as audio: it holds no samples.",
    "there is no word in it.",
  ]);
  for (const { file, remedy } of bad) expect([file, remedy].every(Boolean)).toBe(true);
});

test("a folder without recordings, and one that is not there, are told", async () => {
  expect((await readPairs(folder({}))).bad[0]?.problem).toBe("there are no recordings in it.");
  expect((await readPairs("/nowhere/at/all")).bad[0]?.problem).toBe("there is no such folder.");
});
