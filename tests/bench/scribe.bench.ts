import { openEngine, openQuickEngine } from "../../appservice/scribe/open-engine.ts";
import { readSpeech } from "../../appservice/scribe/audio/read-audio.ts";
import { evaluate, type TranscriptsEvaluation } from "../../appservice/scribe/evaluate/evaluation.ts";
import type { Pair } from "../../appservice/scribe/evaluate/pairs.ts";
import type { Ears } from "../../appservice/scribe/evaluate/runs.ts";
import { giveWay } from "../../appservice/scribe/give-way.ts";
import { ScribeOptions } from "../../appservice/scribe/options.ts";
import { progressOn } from "../../tools/setup/progress.ts";
import { ensureSpeechModel } from "../../tools/setup/speech-model.ts";
import { ensureSpokenSentences } from "../../tools/setup/spoken-sentences.ts";
import { listVoices, voiceFor16kHz } from "../voices/voices.ts";
import type { Bench, Figure } from "./figures.ts";

export const bench: Bench = {
  about:
    "speech to text: synthetic voices in two languages and five sentences really read aloud; 1, 4 and 12 people speaking at once, in real time",
  async run(say) {
    const models = await ensureSpeechModel(progressOn());
    const options = ScribeOptions.parse({ sherpa: { modelFolder: models.whisper }, voiceActivityModel: models.vad });
    await giveWay(5); // as in the scribe's process
    const ears: Ears = {
      engine: await openEngine(options),
      quick: await openQuickEngine(options),
      voiceActivityModel: models.vad,
      captions: options.captions !== "off",
      language: "auto",
    };
    const { en, ru } = await recordings();
    const alone = async (pairs: readonly Pair[], what: string) =>
      told(say, what, await evaluate(pairs, ears, { speakers: 1, say: () => {} }));
    const english = await alone(en, "English, one at a time");
    const russian = await alone(ru, "Russian, one at a time");
    const together = [];
    for (const speakers of [4, 12])
      together.push(
        told(say, `${speakers} at once`, await evaluate([...en, ...ru], ears, { speakers, say: () => {} })),
      );
    return figures(english, russian, together);
  },
};

/** English: seconds of both, so that voices from a machine and one of a person count alike. */
async function recordings(): Promise<{ en: Pair[]; ru: Pair[] }> {
  const clips = await Promise.all(
    (await listVoices()).map(
      async ({ file, text, language }): Promise<Pair> => ({
        name: file,
        samples: await voiceFor16kHz(file),
        said: text,
        language,
      }),
    ),
  );
  const sentences = await ensureSpokenSentences(progressOn());
  const read = await Promise.all(
    sentences.map(
      async ({ file, text }): Promise<Pair> => ({
        name: file,
        samples: await readSpeech(file),
        said: text,
        language: "en",
      }),
    ),
  );
  return {
    en: [...clips.filter(({ language }) => language === "en"), ...read],
    ru: clips.filter(({ language }) => language === "ru"),
  };
}

function told(say: (line: string) => void, what: string, found: TranscriptsEvaluation): TranscriptsEvaluation {
  const { live, offline, firstCaption, final, cpuPerAudioSecond, seconds } = found;
  say(
    `${what}: ${seconds.toFixed(0)} s; wrong words ${live.wer.toFixed(1)} % live, ${offline.wer.toFixed(1)} % offline; first caption p95 ${firstCaption.p95?.toFixed(2)} s; ` +
      `text p50 ${final.p50?.toFixed(2)} s, p95 ${final.p95?.toFixed(2)} s; ${cpuPerAudioSecond.toFixed(2)} CPU s a second`,
  );
  return found;
}

function figures(
  english: TranscriptsEvaluation,
  russian: TranscriptsEvaluation,
  together: readonly TranscriptsEvaluation[],
): Figure[] {
  const worse = (one: number | null, other: number | null) => Math.max(one ?? NaN, other ?? NaN);
  const seconds = english.seconds + russian.seconds;
  return [
    { name: "scribe.en.wer", value: english.live.wer, unit: "%" },
    { name: "scribe.ru.wer", value: russian.live.wer, unit: "%" },
    { name: "scribe.en.live_minus_offline", value: english.liveMinusOffline, unit: "points", goal: 1 },
    { name: "scribe.ru.live_minus_offline", value: russian.liveMinusOffline, unit: "points", goal: 1 },
    {
      name: "scribe.partial.p95",
      value: worse(english.firstCaption.p95, russian.firstCaption.p95),
      unit: "s",
      goal: 2,
    },
    { name: "scribe.final.p95", value: worse(english.final.p95, russian.final.p95), unit: "s", goal: 2.5 },
    {
      name: "scribe.cpu_per_audio_s",
      value: (english.cpuPerAudioSecond * english.seconds + russian.cpuPerAudioSecond * russian.seconds) / seconds,
      unit: "",
    },
    ...together.flatMap(({ speakers, firstCaption, final, live }): Figure[] => [
      { name: `scribe.${speakers}.wer`, value: live.wer, unit: "%" },
      { name: `scribe.${speakers}.partial.p95`, value: firstCaption.p95 ?? NaN, unit: "s" },
      { name: `scribe.${speakers}.final.p95`, value: final.p95 ?? NaN, unit: "s" },
    ]),
  ];
}
