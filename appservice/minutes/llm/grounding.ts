import type { GroundedSentence, Utterance } from "../../protocol/meeting-record.ts";
import { spokenText } from "../text/sentences.ts";
import { contentStems, words } from "../text/words.ts";
import type { TranscriptLine } from "./transcript.ts";

/** Sentence of a model, with the numbers of the lines on which the model bases it. */
export type Claim = { readonly text: string; readonly from: readonly number[] };

/** Least share of a sentence's words that must have been said. Below it, the sentence is about something else. */
const SHARE = 0.34;

/** Most words of a sentence in a summary: small models retell everything in one breath. */
const LONGEST = 45;

/**
 * Keeps a claim only if it names lines that exist and can be seen to rest on them: enough of its words occur there, and
 * it holds no number that does not. Of the lines it names, it keeps those that bear it.
 */
export function grounded(
  claim: Claim,
  lines: readonly TranscriptLine[],
  utterances: ReadonlyMap<string, Utterance>,
  names: ReadonlySet<string>,
  share = SHARE,
): GroundedSentence | null {
  const text = withoutReferences(claim.text.trim().replace(/\s+/g, " "));
  const cited = [...new Set(claim.from.flatMap((number) => lines[number - 1]?.from ?? []))];
  const said = new Map(
    cited.map((id) => [id, utterances.get(id)]).filter((pair): pair is [string, Utterance] => pair[1] !== undefined),
  );
  const claimed = contentStems(text).filter((stem) => !names.has(stem));
  if (said.size === 0 || claimed.length === 0 || words(text).length > LONGEST) return null;

  const stemsOf = (utterance: Utterance) => new Set(contentStems(spokenText(utterance)));
  const all = new Set([...said.values()].flatMap((utterance) => [...stemsOf(utterance)]));
  const shared = claimed.filter((stem) => all.has(stem)).length;
  if (shared === 0 || shared / claimed.length < share || hasOtherNumbers(text, [...said.values()])) return null;

  const bearing = [...said]
    .filter(([, utterance]) => claimed.some((stem) => stemsOf(utterance).has(stem)))
    .map(([id]) => id);
  return { text, from: bearing };
}

/** Removes the numbers of lines that models put at the end: "We go there [3, 4] [7]." */
function withoutReferences(text: string): string {
  const stop = /[.!?…]$/.exec(text)?.[0] ?? "";
  let rest = text.slice(0, text.length - stop.length);
  for (;;) {
    const start = rest.endsWith("]") ? rest.lastIndexOf("[") : -1;
    if (start < 0 || !/^\[\d+(?:, ?\d+)*\]$/.test(rest.slice(start))) return rest + stop;
    rest = rest.slice(0, start).trimEnd();
  }
}

function hasOtherNumbers(text: string, utterances: readonly Utterance[]): boolean {
  const spoken = new Set(utterances.flatMap((utterance) => words(spokenText(utterance))));
  return words(text).some((word) => /^\d/.test(word) && !spoken.has(word));
}
