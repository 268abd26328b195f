import { readFileSync } from "node:fs";

/**
 * Makes of names and words of a room what sherpa-onnx leans to. Only those that the model can write, in its own case:
 * one that it cannot would make it pass over all of them.
 */
export function hotwordsOf(tokensFile: string): (vocabulary: readonly string[]) => string | undefined {
  const letters = new Set(readFileSync(tokensFile, "utf8").match(/\p{L}/gu) ?? []);
  const cased = (word: string) => (letters.has("A") || letters.has("А") ? word.toUpperCase() : word.toLowerCase());
  const canWrite = (word: string) => [...word].every((sign) => sign === " " || letters.has(sign));
  return (vocabulary) => {
    const words = vocabulary
      .map((word) => word.trim().replace(/\s+/g, " "))
      .map((word) => (canWrite(word) ? word : cased(word)))
      .filter((word) => word !== "" && canWrite(word));
    return words.length === 0 ? undefined : words.join("/");
  };
}
