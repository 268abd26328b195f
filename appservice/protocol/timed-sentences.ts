import type { Utterance } from "./meeting-record.ts";
import { instantAt } from "./instant-at.ts";

/** Sentence of an utterance, and the instants between which it was said. */
export type TimedSentence = { readonly text: string; readonly from: number; readonly to: number };

/** Most letters of a caption: two lines, as players show them. */
const LONGEST = 84;
/** A title, an address or an initial, whose full stop ends no sentence. */
const ABBREVIATION =
  /(?:^|[\s(«"])(?:mr|mrs|ms|dr|prof|vs|etc|г|ул|им|стр|тыс|руб|т\.\s?[едкп]|[ei]\.\s?[ge]|\p{Lu})\.$/iu;
/** Letters of a text that tell how it ends. */
const ENDING = 12;

/** Lists the sentences of what was said between two pauses; one longer than a caption may be comes in several parts. */
export function timedSentences(said: Pick<Utterance, "text" | "startedAt" | "endedAt" | "places">): TimedSentence[] {
  return sentences(said.text)
    .flatMap(parts)
    .map(({ text, at }) => ({ text, from: instantAt(said, at), to: instantAt(said, at + text.length) }))
    .map((sentence, i, all) => ({ ...sentence, to: Math.max(sentence.from, all[i + 1]?.from ?? sentence.to) }));
}

type Part = { readonly text: string; readonly at: number };

function sentences(text: string): Part[] {
  const found: Part[] = [];
  let at = 0;
  const take = (to: number) => {
    const part = text.slice(at, to);
    const begins = at + part.length - part.trimStart().length;
    if (part.trim() !== "") found.push({ text: part.trim(), at: begins });
    at = to;
  };
  for (const stop of text.matchAll(/[.!?…]["»”')]*\s+/gu)) {
    const to = stop.index + stop[0].length;
    if (!ABBREVIATION.test(text.slice(Math.max(at, stop.index + 1 - ENDING), stop.index + 1))) take(to);
  }
  take(text.length);
  return found;
}

/** Cuts a long sentence into parts of about one length, each after a comma where one is near. */
function parts({ text, at }: Part): Part[] {
  if (text.length <= LONGEST) return [{ text, at }];
  const middle = text.length / Math.ceil(text.length / LONGEST);
  const blanks = [...text.matchAll(/\s+/g)].filter(({ index }) => index <= LONGEST);
  const away = (index: number) => Math.abs(index - middle) - (/[,;:—–]/.test(text[index - 1] ?? "") ? LONGEST / 4 : 0);
  const [blank] = blanks.toSorted((one, other) => away(one.index) - away(other.index));
  if (!blank) return [{ text, at }];
  const rest = blank.index + blank[0].length;
  return [{ text: text.slice(0, blank.index), at }, ...parts({ text: text.slice(rest), at: at + rest })];
}
