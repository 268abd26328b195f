import type { TimedWords } from "../engine.ts";
import type { Recognised } from "../sherpa-onnx-node.ts";

/** Seconds after which a further word is told with its time: more would not make a sentence's time more exact. */
const EVERY_S = 1;

/** Words with the times that the model tells: of each segment (Whisper), or of each token (transducer and CTC). */
export function timedWords({ segment_texts, segment_timestamps, tokens, timestamps }: Recognised): TimedWords[] {
  if (segment_texts && segment_timestamps)
    return segment_texts.flatMap((text, i) => timed(text.trim(), segment_timestamps[i]));
  if (!tokens || !timestamps || timestamps.length !== tokens.length) return [];
  const words: { text: string; from: number }[] = [];
  for (const [i, token] of tokens.entries()) {
    const from = timestamps[i] ?? 0;
    const last = words.at(-1);
    const begins = last === undefined || /^[\s▁]/.test(token) || /[\s▁]$/.test(last.text);
    if (last && !(begins && from - last.from >= EVERY_S)) last.text += token;
    else words.push({ text: token, from });
  }
  return words;
}

function timed(text: string, from: number | undefined): TimedWords[] {
  return text === "" || from === undefined ? [] : [{ text, from }];
}
