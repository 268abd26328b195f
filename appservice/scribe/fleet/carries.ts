import { availableParallelism } from "node:os";
import { monotonic, timeLimit } from "../../time/time.ts";
import { type Engine, SAMPLE_RATE } from "../engine.ts";

/** Pieces that a worker decodes side by side, and seconds of speech that it decodes in a second so. */
export type Carries = { readonly slots: number; readonly rate: number };

const SECONDS = 4;
/** More side by side is worth it while so much more gets done. */
const WORTH_IT = 1.15;
const WITHIN_MS = 60_000;
/** Threads that Node has for such work, unless it is told otherwise. */
const POOL = 4;
/** A server decides by itself how much it does at once; this is the most that one worker asks of it. */
const MOST_AT_A_SERVER = 16;

/** Most pieces that are worth trying side by side: on this machine one for each core. */
export function mostSlots(isServer: boolean, pool = Number(process.env["UV_THREADPOOL_SIZE"] ?? POOL)): number {
  return isServer ? MOST_AT_A_SERVER : Math.max(1, Math.min(availableParallelism(), pool));
}

/** Measures how much an engine decodes side by side: one, two, four pieces, while more gets done by it. */
export async function measured(engine: Engine, most: number): Promise<Carries> {
  await decodeAtOnce(engine, 1); // what is loaded first is loaded now
  let best: Carries = { slots: 1, rate: await decodeAtOnce(engine, 1) };
  for (let slots = 2; slots <= most; slots = Math.min(slots * 2, slots === most ? Infinity : most)) {
    const rate = await decodeAtOnce(engine, slots);
    if (rate < best.rate * WORTH_IT) break;
    best = { slots, rate };
  }
  return best;
}

/** Seconds of speech decoded in a second, with so many pieces side by side. */
export async function decodeAtOnce(engine: Engine, count: number): Promise<number> {
  const began = monotonic();
  const samples = Float32Array.from({ length: SECONDS * SAMPLE_RATE }, (_, at) => 0.05 * Math.sin(at / 9));
  const piece = { samples, language: "en" as const, vocabulary: [] };
  await Promise.all(Array.from({ length: count }, () => engine.transcribe(piece, timeLimit(WITHIN_MS))));
  return (count * SECONDS * 1_000) / Math.max(monotonic() - began, 1);
}
