import { resolve } from "node:path";
import { loadSpeech } from "../configuration/load-config.ts";
import { BadFiles } from "../configuration/problems.ts";
import { SpeechLanguage } from "../protocol/identity.ts";
import { openEngine, openQuickEngine } from "../scribe/open-engine.ts";
import { evaluate, type TranscriptsEvaluation, type Spread } from "../scribe/evaluate/evaluation.ts";
import { readPairs } from "../scribe/evaluate/pairs.ts";

export type EvaluateTranscriptsOptions = {
  readonly config: string;
  readonly json?: boolean;
  readonly speakers: string;
  readonly language?: string;
};

/** Measures how well, how soon and at what cost the configured engine writes down the recordings of a folder. */
export async function evaluateTranscripts(folder: string, options: EvaluateTranscriptsOptions): Promise<void> {
  const speakers = Number(options.speakers);
  if (!Number.isInteger(speakers) || speakers < 1 || speakers > 100)
    throw bad("--speakers", `“${options.speakers}” is no number of speakers.`, "Give a whole number from 1 to 100.");
  const { speech, speechLanguage } = loadSpeech(options.config);
  if (speech.engine === "off")
    throw bad(
      resolve(options.config),
      "speech.engine is off.",
      "Choose another one, for nothing is written down without it.",
    );
  const language = SpeechLanguage.safeParse(options.language ?? speechLanguage);
  if (!language.success)
    throw bad("--language", `“${options.language}” is no language to recognise.`, "There are: en, ru, auto.");
  const found = await readPairs(resolve(folder));
  if (found.bad.length > 0) throw new BadFiles(found.bad.map((one) => ({ key: "", ...one })));

  // Progress does not belong into what may be read by a program.
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const ears = {
    engine: await openEngine(speech),
    quick: await openQuickEngine(speech),
    voiceActivityModel: speech.voiceActivityModel,
    captions: speech.captions !== "off",
    language: language.data,
  };
  const evaluation = await evaluate(found.pairs, ears, { speakers, say });
  process.stdout.write(options.json ? `${JSON.stringify(evaluation, null, 2)}\n` : `${inWords(evaluation)}\n`);
}

function bad(file: string, problem: string, remedy: string): BadFiles {
  return new BadFiles([{ file, key: "", problem, remedy }]);
}

function inWords({
  engine,
  recordings,
  seconds,
  speakers,
  normaliser,
  live,
  offline,
  liveMinusOffline,
  firstCaption,
  final,
  cpuPerAudioSecond,
  failed,
  each,
}: TranscriptsEvaluation): string {
  const rate = (value: number) => `${value.toFixed(1)} %`;
  const rows: [string, string][] = [
    [
      "word errors, live / offline",
      `${rate(live.wer)} / ${rate(offline.wer)} (${liveMinusOffline.toFixed(1)} points between)`,
    ],
    ["character errors, live / offline", `${rate(live.cer)} / ${rate(offline.cer)}`],
    ["first caption after speech begins", inSeconds(firstCaption)],
    ["all text after the word is passed", inSeconds(final)],
    ["CPU seconds per second of audio", cpuPerAudioSecond.toFixed(2)],
    ["pieces without text", String(failed)],
  ];
  const worst = [...each]
    .sort((one, other) => other.live.wer - one.live.wer)
    .slice(0, 5)
    .filter((one) => one.live.wer > 0);
  return [
    `${engine.id}, ${engine.model}: ${recordings} recordings, ${seconds.toFixed(0)} s, ${speakers} at once; compared by ${normaliser}`,
    ...rows.map(([what, value]) => `  ${what.padEnd(34)}${value}`),
    ...worst.map(({ name, live: { wer }, written }) => `  ${name}: ${rate(wer)}: ${written}`),
  ].join("\n");
}

function inSeconds({ p50, p95, of }: Spread): string {
  return p50 === null || p95 === null ? "none came" : `p50 ${p50.toFixed(2)} s, p95 ${p95.toFixed(2)} s (${of})`;
}
