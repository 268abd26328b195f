import { EngineError } from "../engine.ts";
import { onnxMetadata } from "./onnx-metadata.ts";

/** Marks as models of this form write them, and as people do. */
const MARKS: ReadonlyMap<string, string> = new Map([
  ["，", ","],
  ["、", ","],
  ["。", "."],
  ["？", "?"],
]);

/** Opens a model that puts stops and commas into text that has none. */
export async function openStops(model: string): Promise<(text: string) => string> {
  // Looks what it is before it is loaded, since a wrong one would end the process.
  const metadata = await onnxMetadata(model).catch(() => null);
  const marks = metadata?.get("punctuations")?.split("|") ?? [];
  if (![...MARKS.keys(), "_"].every((mark) => marks.includes(mark)) || !metadata?.has("unk_symbol"))
    throw new EngineError("engine-failed", `${model} is no CT-transformer that puts stops into text`);
  const { sherpa } = await import("../sherpa-onnx-node.ts");
  const punctuation = new sherpa.OfflinePunctuation({
    model: { ctTransformer: model, numThreads: 1, provider: "cpu", debug: 0 },
  });
  return (text) => (/[.!?…]/.test(text) || text.trim() === "" ? text : withStops(text, punctuation.addPunct(text)));
}

/**
 * A text with the stops and commas of another that has the same letters, and capitals behind its stops. Nothing else is
 * taken over: such models lose spaces between words that are not English, and sometimes words.
 */
export function withStops(text: string, stopped: string): string {
  const marks = new Map<number, string>();
  let letters = 0;
  for (const sign of stopped) {
    const mark = MARKS.get(sign);
    if (mark !== undefined) marks.set(letters, mark);
    else letters += lettersIn(sign);
  }
  if (letters !== lettersIn(text)) return text;
  let [at, begins] = [0, true];
  const words = text
    .trim()
    .split(/\s+/)
    .map((word) => {
      at += lettersIn(word);
      const mark = /[\p{L}\p{N}]$/u.test(word) ? (marks.get(at) ?? "") : "";
      const written = begins ? word.replace(/\p{L}/u, (letter) => letter.toUpperCase()) : word;
      begins = mark === "." || mark === "?";
      return written + mark;
    });
  return words.join(" ");
}

function lettersIn(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}
