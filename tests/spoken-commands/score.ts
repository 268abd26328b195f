import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readLexicons } from "../../appservice/configuration/lexicons.ts";
import type { Segment } from "../../appservice/protocol/meeting-record.ts";
import type { SpokenCommand } from "../../appservice/protocol/spoken-command.ts";
import { segmentsOf } from "../../appservice/scribe/spoken/segments-of.ts";
import { personId } from "../support/protocol/ids.ts";

/** A sentence of the test set: what was said, as an engine would write it, and what should be made of it. */
export type Sentence = {
  readonly text: string;
  /** None: a trap. */
  readonly commands: readonly SpokenCommand[];
  /** The part that remains as speech. */
  readonly speech: string;
  /**
   * `held`, `fresh`: written without an eye on the rules, and looked at once those served the rest. `heard`: as Whisper
   * base wrote it down from a synthetic voice in noise.
   */
  readonly set?: "held" | "fresh" | "heard";
};

export type Score = {
  /** Part of the commands that were found as they should be. */
  readonly recall: number;
  /** Sentences in which a command was found that nobody meant. */
  readonly falseOnes: number;
  readonly commands: number;
  readonly traps: number;
  /** Mistakes, in words for people. */
  readonly wrong: readonly string[];
};

export const PEOPLE = [
  ["anna", "Анна"],
  ["boris", "Борис"],
  ["vera", "Вера"],
  ["gleb", "Глеб"],
  ["olga", "Ольга"],
  ["pavel", "Павел"],
  ["katya", "Екатерина"],
  ["misha", "Михаил"],
  ["tom", "Tom"],
  ["sue", "Sue"],
  ["kim", "Kim"],
].map(([id, name]) => ({ id: personId(`@${id}:x`), name: name ?? "" }));

export function sentencesOf(language: string): Sentence[] {
  const lines = readFileSync(join(import.meta.dirname, `${language}.jsonl`), "utf8")
    .trim()
    .split("\n");
  return lines.map((line) => JSON.parse(line) as Sentence);
}

export function score(language: string, sentences: readonly Sentence[] = sentencesOf(language)): Score {
  const lexicons = readLexicons();
  const wrong: string[] = [];
  let [found, falseOnes] = [0, 0];
  for (const sentence of sentences) {
    const segments = segmentsOf(sentence.text, { language, people: PEOPLE, lexicons });
    const got = segments.flatMap(({ command }) => (command ? [JSON.stringify(command)] : []));
    const expected = sentence.commands.map((command) => JSON.stringify(command));
    const right = expected.filter((command) => got.includes(command)).length;
    const asked =
      sentence.commands.length === 0 ||
      (got.length === expected.length && right === expected.length && sameWords(speechOf(segments), sentence.speech));
    if (asked) found += expected.length;
    // Another command than the one meant is as false as one out of nothing.
    if (got.some((command) => !expected.includes(command))) falseOnes++;
    if (!asked || (expected.length === 0 && got.length > 0))
      wrong.push(
        `${sentence.text} → ${JSON.stringify(segments.map(({ kind, text, command }) => command ?? `${kind}: ${text}`))}`,
      );
  }
  const commands = sentences.reduce((sum, sentence) => sum + sentence.commands.length, 0);
  return {
    recall: commands === 0 ? 1 : found / commands,
    falseOnes,
    commands,
    traps: sentences.filter((sentence) => sentence.commands.length === 0).length,
    wrong,
  };
}

function speechOf(segments: readonly Segment[]): string {
  return segments
    .filter(({ kind }) => kind === "speech")
    .map(({ text }) => text)
    .join(" ");
}

function sameWords(one: string, other: string): boolean {
  const words = (text: string) => (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(" ");
  return words(one) === words(other);
}
