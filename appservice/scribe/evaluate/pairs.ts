import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, extname, join, relative } from "node:path";
import type { SpeechLanguage } from "../../protocol/identity.ts";
import { AUDIO_ENDINGS, readSpeech } from "../audio/read-audio.ts";
import { UnreadableAudio } from "../audio/audio.ts";
import { normalised } from "./normalise.ts";

/** A recording with the text that is said in it. */
export type Pair = {
  /** Path in the folder, without the ending. */
  readonly name: string;
  readonly samples: Float32Array;
  readonly said: string;
  /** Language by a folder `en` or `ru` above it; else `auto`. */
  readonly language: SpeechLanguage;
};

export type BadPair = { readonly file: string; readonly problem: string; readonly remedy: string };

/**
 * Reads all pairs NAME.wav (or another ending) and NAME.txt in a folder and those below it, and reports all that is
 * wrong with any of them.
 */
export async function readPairs(folder: string): Promise<{ pairs: Pair[]; bad: BadPair[] }> {
  if (!existsSync(folder))
    return {
      pairs: [],
      bad: [{ file: folder, problem: "there is no such folder.", remedy: "Name a folder of recordings." }],
    };
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(isAudio).sort();
  const [pairs, bad]: [Pair[], BadPair[]] = [[], []];
  for (const file of files) {
    const found = await readPair(folder, join(folder, file));
    if ("problem" in found) bad.push(found);
    else pairs.push(found);
  }
  if (files.length === 0)
    bad.push({
      file: folder,
      problem: "there are no recordings in it.",
      remedy: `It should hold pairs such as NAME.wav and NAME.txt; audio may end with ${AUDIO_ENDINGS.join(", ")}.`,
    });
  return { pairs, bad };
}

async function readPair(folder: string, file: string): Promise<Pair | BadPair> {
  const text = `${file.slice(0, -extname(file).length)}.txt`;
  if (!existsSync(text))
    return {
      file,
      problem: "there is no text beside it.",
      remedy: `Write what is said in it into ${basename(text)}, or take it out of the folder.`,
    };
  const said = readFileSync(text, "utf8")
    .replace(/^\uFEFF/, "")
    .trim();
  if (normalised(said).length === 0)
    return { file: text, problem: "there is no word in it.", remedy: "Write down what is said in the recording." };
  try {
    const name = relative(folder, file).slice(0, -extname(file).length);
    return { name, samples: await readSpeech(file), said, language: languageOf(name) };
  } catch (error) {
    const problem = error instanceof UnreadableAudio ? error.message : String(error);
    return { file, problem: `it cannot be read as audio: ${problem}.`, remedy: "Give WAV, FLAC or Opus in Ogg." };
  }
}

function isAudio(file: string): boolean {
  return AUDIO_ENDINGS.includes(extname(file).slice(1).toLowerCase());
}

function languageOf(name: string): SpeechLanguage {
  const folders = name.split(/[\\/]/).slice(0, -1);
  return folders.includes("ru") ? "ru" : folders.includes("en") ? "en" : "auto";
}
