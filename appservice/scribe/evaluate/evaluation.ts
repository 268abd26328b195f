import { SAMPLE_RATE } from "../engine.ts";
import { characterErrors, errorRate, wordErrors } from "./error-rate.ts";
import { NORMALISER } from "./normalise.ts";
import type { Pair } from "./pairs.ts";
import { type Ears, live, type LiveTurn, offline } from "./runs.ts";

/** Error rates in per cent, times in seconds; null where there was nothing to measure. */
export type TranscriptsEvaluation = {
  readonly normaliser: string;
  readonly engine: { readonly id: string; readonly model: string };
  readonly speakers: number;
  readonly recordings: number;
  readonly seconds: number;
  readonly offline: Rates;
  readonly live: Rates;
  /** Difference in points of the word error rate. */
  readonly liveMinusOffline: number;
  readonly firstCaption: Spread;
  readonly final: Spread;
  readonly cpuPerAudioSecond: number;
  readonly failed: number;
  readonly each: readonly {
    readonly name: string;
    readonly live: Rates;
    readonly offline: Rates;
    readonly written: string;
  }[];
};

export type Rates = { readonly wer: number; readonly cer: number };
export type Spread = { readonly p50: number | null; readonly p95: number | null; readonly of: number };

/** Writes down each recording twice, live and offline, and measures the errors of each, its delay and its cost. */
export async function evaluate(
  pairs: readonly Pair[],
  ears: Ears,
  { speakers, say }: { speakers: number; say: (line: string) => void },
): Promise<TranscriptsEvaluation> {
  const seconds = pairs.reduce((sum, { samples }) => sum + samples.length, 0) / SAMPLE_RATE;
  const calmly = new Map<Pair, string>();
  for (const pair of pairs) {
    calmly.set(pair, await offline(pair, ears));
    say(`offline ${calmly.size}/${pairs.length}: ${pair.name}`);
  }
  const before = process.cpuUsage();
  const turns = await live(pairs, speakers, ears, ({ pair, final }) =>
    say(`live: ${pair.name}, its text ${(final / 1_000).toFixed(1)} s after the word was passed`),
  );
  const { user, system } = process.cpuUsage(before);

  const [liveRates, offlineRates] = [
    ratesOf(turns.map(written)),
    ratesOf(turns.map(({ pair }) => ({ said: pair.said, text: calmly.get(pair) ?? "" }))),
  ];
  const { id, model } = ears.engine;
  return {
    normaliser: NORMALISER,
    engine: { id, model },
    speakers,
    recordings: pairs.length,
    seconds,
    live: liveRates,
    offline: offlineRates,
    liveMinusOffline: liveRates.wer - offlineRates.wer,
    firstCaption: spread(turns.flatMap(({ firstCaption }) => firstCaption ?? [])),
    final: spread(turns.map(({ final }) => final)),
    cpuPerAudioSecond: (user + system) / 1e6 / seconds,
    failed: turns.reduce((sum, { failed }) => sum + failed, 0),
    each: turns.map((turn) => ({
      name: turn.pair.name,
      live: ratesOf([written(turn)]),
      offline: ratesOf([{ said: turn.pair.said, text: calmly.get(turn.pair) ?? "" }]),
      written: turn.text,
    })),
  };
}

function written({ pair, text }: LiveTurn): { said: string; text: string } {
  return { said: pair.said, text };
}

function ratesOf(texts: readonly { said: string; text: string }[]): Rates {
  return {
    wer: errorRate(texts.map(({ said, text }) => wordErrors(said, text))),
    cer: errorRate(texts.map(({ said, text }) => characterErrors(said, text))),
  };
}

/** Takes percentiles by the nearest rank. */
function spread(milliseconds: readonly number[]): Spread {
  const sorted = [...milliseconds].sort((one, other) => one - other);
  const at = (part: number) => {
    const found = sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];
    return found === undefined ? null : found / 1_000;
  };
  return { p50: at(0.5), p95: at(0.95), of: sorted.length };
}
