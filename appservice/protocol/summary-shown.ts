import { type CorrectionMade, correctionsOf } from "./correction.ts";
import type { About, MinutesEntry, Utterance } from "./meeting-record.ts";
import { entryId } from "./minutes-key.ts";
import type { Searchable } from "./searchable.ts";

/**
 * Most words of a turn or a circle that are read as quickly as a summary of them; over a meeting, where they are
 * scattered, more are.
 */
const SHORT = 50;
const SHORT_IN_ALL = 150;
/** A summary that holds a greater share of the words repeats them. */
const MOST_SHARE = 0.7;

type Said = { readonly utterances: Searchable<Utterance>; readonly corrections: Searchable<CorrectionMade> };

/**
 * Tells whether a summary is worth reading beside the transcript. One that a person wrote always is, and so is that of
 * the meeting; excerpts of a circle would stand there a second time; those of one person spare reading only where that
 * person said much.
 */
export function isWorthReading(entry: MinutesEntry, said: Said): boolean {
  const { about, result, madeBy } = entry;
  if (result.form !== "summary") return true;
  if (result.sentences.length === 0) return false;
  if (isCorrected(entry, said) || about.kind === "meeting") return true;
  if (about.kind === "circle") return madeBy.method === "llm";
  const spoken = wordsIn(spokenBy(about, said.utterances));
  const summed = wordsIn(result.sentences.map(({ text }) => text));
  return spoken > (about.kind === "person" ? SHORT_IN_ALL : SHORT) && summed < MOST_SHARE * spoken;
}

export function isCorrected(entry: MinutesEntry, { corrections }: Pick<Said, "corrections">): boolean {
  return correctionsOf(corrections, { of: "summary", id: entryId(entry) }).length > 0;
}

function spokenBy(about: Extract<About, { participant: string }>, utterances: Said["utterances"]): string[] {
  return utterances
    .filter(
      ({ speaker, circle, turn }) =>
        speaker === about.participant &&
        (about.kind !== "participant" || circle === about.circle) &&
        (about.kind !== "turn" || turn === about.turn),
    )
    .map(({ text }) => text);
}

/** Words as people count them: parts with a letter or a digit between two spaces. */
export function wordsIn(texts: readonly string[]): number {
  return texts.flatMap((text) => text.split(/\s+/)).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
