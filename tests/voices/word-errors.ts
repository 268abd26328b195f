import { distance, type Errors } from "../../appservice/scribe/evaluate/error-rate.ts";

/**
 * Word errors of a written text against the spoken one. Stricter than the product's own measure: a number is no word,
 * and a note in brackets counts.
 */
export function wordErrors(said: string, written: string): Errors {
  return distance(wordsOf(said), wordsOf(written));
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll("ё", "е")
    .replace(/[^\p{L}\p{N}\s]/gu, " ")
    .split(/\s+/)
    .filter(Boolean);
}
