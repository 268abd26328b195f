import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { tinyCtc, tinyPunctuation, tinyTransducer } from "../../../tests/support/scribe/tiny-models.ts";
import { SAMPLE_RATE } from "../engine.ts";
import sherpa from "./sherpa.ts";

const folder = mkdtempSync(join(tmpdir(), "sherpa-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const opened = (kind: string, modelFolder: string) => sherpa.open(sherpa.options.parse({ kind, modelFolder }));
const sound = Float32Array.from({ length: SAMPLE_RATE }, (_, i) => Math.sin(i / 5) / 2);

test.each([
  ["ctc", tinyCtc],
  ["transducer", tinyTransducer],
] as const)("a %s model is found in its folder, loaded and decoded with by the real loader", async (kind, make) => {
  const engine = await opened(kind, make(join(folder, kind)));
  const transcript = await engine.transcribe(
    { samples: sound, language: "ru", vocabulary: [] },
    AbortSignal.timeout(60_000),
  );
  expect(transcript.language).toBe("ru");
  // Its weights mean nothing, but they write: sound comes in, and tokens of the model's own go out.
  expect(transcript.text).toMatch(/[абдno]/);
  expect(engine.model).toBe(`${kind} (${kind}, int8)`);
  // Each of its tokens has a time; words at most a second apart are told with theirs.
  const words = transcript.words ?? [];
  expect(
    words
      .map(({ text }) => text)
      .join("")
      .trim(),
  ).toBe(transcript.text);
  expect(words[0]?.from).toBeLessThan(0.2);
  expect(words.every(({ from }) => from <= 1)).toBe(true);
});

test("a transducer that comes with its pieces leans to the words of the room; words that it cannot write harm nothing", async () => {
  const engine = await opened("transducer", tinyTransducer(join(folder, "hotwords")));
  const heard = async (...vocabulary: string[]) =>
    (await engine.transcribe({ samples: sound, language: "ru", vocabulary }, AbortSignal.timeout(60_000))).text;
  const times = (text: string, word: string) => text.split(word).length - 1;
  expect(engine.takesVocabulary).toBe(true);
  expect(times(await heard(), "да")).toBe(0);
  expect(times(await heard("да", "Тимофеева", "Xerxes"), "да")).toBeGreaterThan(10);
  expect(times(await heard("NO", "9:9/9"), "no")).toBeGreaterThan(10);
});

test("a model for stops puts them into the text of one that writes none, and doctor names both", async () => {
  const punctuationModel = tinyPunctuation(join(folder, "ct-punct"), { no: "。", a: "，" });
  const modelFolder = tinyTransducer(join(folder, "stops"));
  const options = sherpa.options.parse({ kind: "transducer", modelFolder, punctuationModel });
  expect(sherpa.modelFiles(options).map(({ key }) => key)).toContain("punctuationModel");
  const engine = await sherpa.open(options);
  const speech = { samples: sound, language: "ru" as const, vocabulary: ["no"] };
  const { text } = await engine.transcribe(speech, AbortSignal.timeout(60_000));
  expect(text).toMatch(/\bno\. No\./i);
  expect(engine.knownFor).toMatch(/stops by ct-punct$/);
});

test("a model that is not of the kind that was named is refused before it is loaded, with what it is", async () => {
  const ctc = tinyCtc(join(folder, "taken-for-whisper"));
  writeFileSync(join(folder, "taken-for-whisper", "encoder.int8.onnx"), "not a model");
  await expect(opened("transducer", tinyCtc(join(folder, "no-encoder")))).rejects.toThrow(
    /is no ONNX model.*kind is transducer/,
  );
  await expect(opened("whisper", ctc)).rejects.toThrow(/encoder\.int8\.onnx is no ONNX model/);
  const mixed = tinyTransducer(join(folder, "mixed"));
  await expect(opened("ctc", mixed)).rejects.toThrow(/kind is ctc/);
});

test("files are found by their names, in 8 bits or in full; one that is not there is named", () => {
  const names = (kind: string, modelFolder: string, encoder = "int8") =>
    sherpa.modelFiles(sherpa.options.parse({ kind, modelFolder, encoder })).map(({ path }) => basename(path));
  const transducer = tinyTransducer(join(folder, "names"));
  expect(names("transducer", transducer)).toEqual([
    "encoder-epoch-30-avg-4.int8.onnx",
    "decoder-epoch-30-avg-4.onnx",
    "joiner-epoch-30-avg-4.int8.onnx",
    "tokens.txt",
  ]);
  expect(names("transducer", transducer, "full")).toEqual([
    "encoder.onnx",
    "decoder-epoch-30-avg-4.onnx",
    "joiner.onnx",
    "tokens.txt",
  ]);
  for (const name of ["base-encoder.int8.onnx", "base-decoder.int8.onnx", "base-tokens.txt"])
    writeFileSync(join(transducer, name), "");
  expect(names("whisper", join(folder, "nowhere"))).toEqual(["encoder.int8.onnx", "decoder.int8.onnx", "tokens.txt"]);
});
