import { readFile } from "node:fs/promises";
import { SAMPLE_RATE } from "../../appservice/scribe/engine.ts";
import { errorRate, wordErrors } from "../../appservice/scribe/evaluate/error-rate.ts";
import type { Pair } from "../../appservice/scribe/evaluate/pairs.ts";
import { offline } from "../../appservice/scribe/evaluate/runs.ts";
import { giveWay } from "../../appservice/scribe/give-way.ts";
import { openEngine } from "../../appservice/scribe/open-engine.ts";
import { ScribeOptions } from "../../appservice/scribe/options.ts";
import { ensureHumanSpeech, type HumanRecording } from "../../tools/setup/human-speech.ts";
import { progressOn } from "../../tools/setup/progress.ts";
import { ensureSpeechModel } from "../../tools/setup/speech-model.ts";
import { decodeG722 } from "../voices/g722.ts";
import { endsF1, sentenceEnds } from "../voices/sentence-ends.ts";
import type { Bench, Figure } from "./figures.ts";

/** Fewest words of a recording that is heard: shorter ones are words without a sentence around them. */
const FEWEST_WORDS = 8;
const LONGEST_S = 30;
/** Signs of texts that are not read as they are written. */
const NOT_READ_SO = /[[\]*#/@]|www|asterisk\.|\d{4}|\d[.,]\d|^[\w-]+:|\bQ\b|ПИН/i;

export const bench: Bench = {
  about: "what people really said, in Russian and English: prompts of a telephone exchange, cut at their pauses",
  async run(say) {
    const models = await ensureSpeechModel(progressOn());
    const options = ScribeOptions.parse({ sherpa: { modelFolder: models.whisper }, voiceActivityModel: models.vad });
    await giveWay(5); // as in the scribe's process
    const engine = await openEngine(options);
    const heard = async (recordings: readonly HumanRecording[], language: "ru" | "en") => {
      const pairs = await pairsOf(recordings, language);
      const seconds = pairs.reduce((sum, { samples }) => sum + samples.length, 0) / SAMPLE_RATE;
      const began = process.cpuUsage();
      const texts: { said: string; text: string }[] = [];
      for (const pair of pairs) {
        const ears = {
          engine,
          quick: null,
          voiceActivityModel: models.vad,
          captions: false,
          language: "auto" as const,
        };
        texts.push({ said: pair.said, text: await offline(pair, ears) });
      }
      const { user, system } = process.cpuUsage(began);
      const wer = errorRate(texts.map(({ said, text }) => wordErrors(said, text)));
      const f1 = endsF1(texts.map(({ said, text }) => sentenceEnds(said, text)));
      say(
        `${language}: ${pairs.length} recordings, ${seconds.toFixed(0)} s; wrong words ${wer.toFixed(1)} %, ends of sentences F1 ${f1.toFixed(0)} %, ` +
          `${((user + system) / 1e6 / seconds).toFixed(2)} CPU s a second`,
      );
      return { wer, f1 };
    };
    const { ru, en } = await ensureHumanSpeech(progressOn());
    const [russian, english] = [await heard(ru, "ru"), await heard(en, "en")];
    return [
      { name: "scribe.ru.real.wer", value: russian.wer, unit: "%" },
      { name: "scribe.ru.real.sentence_f1", value: russian.f1, unit: "%" },
      { name: "scribe.en.real.wer", value: english.wer, unit: "%" },
      { name: "scribe.en.real.sentence_f1", value: english.f1, unit: "%" },
    ] satisfies Figure[];
  },
};

async function pairsOf(recordings: readonly HumanRecording[], language: "ru" | "en"): Promise<Pair[]> {
  const read = recordings.filter(({ text }) => text.split(/\s+/).length >= FEWEST_WORDS && !NOT_READ_SO.test(text));
  const pairs = await Promise.all(
    read.map(
      async ({ name, file, text }): Promise<Pair> => ({
        name,
        samples: decodeG722(await readFile(file)),
        said: text,
        language,
      }),
    ),
  );
  return pairs.filter(({ samples }) => samples.length <= LONGEST_S * SAMPLE_RATE);
}
