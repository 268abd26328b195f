import { translateTo } from "../../language/translate.ts";
import type { GroundedSentence } from "../../protocol/meeting-record.ts";
import { nameOf } from "../person.ts";
import type { RunInput } from "../plugin.ts";

/**
 * Adds highlights to a summary that a model wrote: one of everybody who is missing in it, and others while it has fewer
 * than `least` sentences. They stand as quotations, where they were said.
 */
export function filledUp(
  written: readonly GroundedSentence[],
  highlights: readonly GroundedSentence[],
  least: number,
  input: Pick<RunInput, "about" | "people" | "utterances" | "language">,
): GroundedSentence[] {
  const place = new Map(input.utterances.map(({ id }, at) => [id, at]));
  const speakerOf = new Map(input.utterances.map(({ id, speaker }) => [id, speaker]));
  const used = new Set(written.flatMap(({ from }) => from));
  const heard = new Set(written.flatMap(({ from }) => from.map((id) => speakerOf.get(id))));
  const added: GroundedSentence[] = [];
  const unused = highlights.filter(({ from }) => !from.some((id) => used.has(id)));
  for (const one of unused) {
    const speaker = speakerOf.get(one.from[0]!);
    if (heard.has(speaker)) continue;
    heard.add(speaker);
    added.push(one);
  }
  for (const one of unused) if (written.length + added.length < least && !added.includes(one)) added.push(one);
  const all = [...written, ...added.map((one) => quoted(one, input))];
  if (all.some(({ section }) => section !== undefined)) return all;
  const placeOf = ({ from }: GroundedSentence) => Math.min(...from.map((id) => place.get(id) ?? Infinity));
  return all.sort((one, other) => placeOf(one) - placeOf(other));
}

/** Speaker and words; of one person's summary the words alone. */
export function quoted(
  { text, from }: GroundedSentence,
  { about, people, utterances, language }: Pick<RunInput, "about" | "people" | "utterances" | "language">,
): GroundedSentence {
  const t = translateTo(language);
  if ("participant" in about) return { text: t("summary.quote", { text }), from };
  const name = nameOf(utterances.find(({ id }) => id === from[0])?.speaker, people);
  return { text: t("summary.quote-of", { name, text }), from };
}
