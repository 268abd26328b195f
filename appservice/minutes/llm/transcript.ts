import type { Utterance } from "../../protocol/meeting-record.ts";
import type { MinutesPerson } from "../person.ts";
import { spokenText } from "../text/sentences.ts";

/** Line that the model is shown: an utterance, or a sentence already made from some. */
export type TranscriptLine = { readonly from: readonly string[]; readonly speaker: string; readonly text: string };

export function linesOf(utterances: readonly Utterance[], people: readonly MinutesPerson[]): TranscriptLine[] {
  const name = new Map(people.map((person) => [person.id, person.name]));
  return utterances
    .map((utterance) => ({
      from: [utterance.id],
      speaker: name.get(utterance.speaker) ?? utterance.speaker,
      text: spokenText(utterance),
    }))
    .filter((line) => line.text !== "");
}

/**
 * Writes the lines as the model reads them, numbered from 1. Speech cannot end the block it stands in, nor forge a line
 * of its own: line breaks and the signs that mark lines and blocks are taken out.
 */
export function shown(lines: readonly TranscriptLine[]): string {
  return lines.map((line, i) => `[${i + 1}] ${inOneLine(line.speaker)}: ${inOneLine(line.text)}`).join("\n");
}

/** Writes a text so that it can neither begin a line of its own nor end the block it stands in. */
export function inOneLine(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[<>[\]]/g, "");
}

/** Guesses the number of tokens carefully: models split Cyrillic finer than Latin. */
export function tokensOf(text: string): number {
  let latin = 0;
  for (let at = 0; at < text.length; at++) if (isPlain(text.charCodeAt(at))) latin++;
  return Math.ceil(latin / 3.2 + (text.length - latin) / 1.8);
}

/** Tells signs of ASCII. They are counted one by one: a list of all of a transcript's is megabytes. */
function isPlain(code: number): boolean {
  return code >= 0x20 && code <= 0x7e;
}

/** Groups consecutive lines so that each group fits; a line too long for any is parted at words. */
export function chunked(lines: readonly TranscriptLine[], tokens: number): TranscriptLine[][] {
  const chunks: TranscriptLine[][] = [[]];
  let used = 0;
  for (const line of lines.flatMap((each) => parted(each, tokens))) {
    const needs = tokensOf(shown([line]));
    if (used + needs > tokens && chunks.at(-1)!.length > 0) {
      chunks.push([]);
      used = 0;
    }
    chunks.at(-1)!.push(line);
    used += needs;
  }
  return chunks.filter((chunk) => chunk.length > 0);
}

function parted(line: TranscriptLine, tokens: number): TranscriptLine[] {
  const total = tokensOf(shown([line]));
  if (total <= tokens) return [line];
  const words = line.text.split(" ");
  const size = Math.max(1, Math.floor((words.length * tokens) / total / 1.2));
  const parts = Array.from({ length: Math.ceil(words.length / size) }, (_, i) =>
    words.slice(i * size, (i + 1) * size).join(" "),
  );
  return parts.map((text) => ({ ...line, text }));
}
