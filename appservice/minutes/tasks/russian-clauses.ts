import { verbForm } from "./russian-verbs.ts";
import { withoutEnd } from "../../protocol/without-end.ts";

export type Word = { readonly text: string; readonly start: number; readonly end: number };
export type Clause = {
  readonly start: number;
  readonly end: number;
  /** Place after the "ну", "тогда", "я" it may open with. */
  readonly titleStart: number;
  /** Place where something else is said, after the subordinate clauses and lists that follow. */
  readonly endOfThought: number;
  readonly words: readonly Word[];
};

/**
 * Signs that part clauses: a comma, a dash, or a joining word; "и" parts them only when a verb stands before it and one
 * after.
 */
const BOUNDARY = /[,;:—–]|\s-\s|(?<=\s|^)(?:и|а|но|или|зато|потом)(?=\s)/gu;
const OPENING =
  /^(?:(?:ну|вот|тогда|значит|я|и|а|но|так|поэтому|потом|еще|также|лично|сам|сама|соответственно|собственно|что)(?=[\s,])[\s,]*)+/u;
const NEW_THOUGHT =
  /(?:[,;]|(?<!\s))\s+(?:а|но|зато|потому|ведь|поэтому|однако|иначе)(?=\s)|[,;]\s+(?:и|так как|так что)(?=\s)|;|(?<![.!…])[.!…]+["»”')]*$/gu;

export function clausesOf(said: string): Clause[] {
  const cuts = [0];
  for (const match of said.matchAll(BOUNDARY)) {
    const after = match.index + match[0].length;
    const joins = match[0] === "и" || match[0] === "или" || match[0] === "потом";
    if (
      joins &&
      !(hasVerb(said.slice(cuts.at(-1), match.index)) && hasVerb(said.slice(after).split(/[,;:—–]/)[0] ?? ""))
    )
      continue;
    // "подготовлю и отправлю отчёт" is one piece of work
    if (
      joins &&
      isWorkVerb(said.slice(cuts.at(-1), match.index).trim().split(" ").at(-1)) &&
      isWorkVerb(said.slice(after).trim().split(/[\s,]/)[0])
    )
      continue;
    cuts.push(after);
  }
  const thoughts = [...said.matchAll(NEW_THOUGHT)];
  return cuts.map((cut, i) => {
    const [start, end] = trimmed(said, cut, cuts[i + 1] ?? said.length);
    const opening = OPENING.exec(said.slice(start, end))?.[0].length ?? 0;
    const thought = thoughts.find((match) => match.index >= start + opening + 1);
    return {
      start,
      end,
      titleStart: start + opening,
      endOfThought: thought?.index ?? said.length,
      words: wordsOf(said, start, end),
    };
  });
}

function wordsOf(said: string, start: number, end: number): Word[] {
  return [...said.slice(start, end).matchAll(/[\p{L}\p{N}-]+/gu)].map((match) => ({
    text: match[0],
    start: start + match.index,
    end: start + match.index + match[0].length,
  }));
}

function trimmed(said: string, start: number, end: number): [number, number] {
  const text = said.slice(start, end);
  const from = start + (text.length - text.trimStart().length);
  return [from, Math.max(from, start + withoutEnd(text, /[\s,;:—–-]/).length)];
}

function hasVerb(text: string): boolean {
  return text
    .split(/[^\p{L}]+/u)
    .some((word) => verbForm(word) !== null || LOOKS_LIKE_VERB.test(word) || STANDS_FOR_VERB.test(word));
}

const LOOKS_LIKE_VERB = /.{2}(?:л|ла|ло|ли|лся|лась|лось|лись|аю|яю|ую|юсь|усь|ает|яет|ует)$/u;
const STANDS_FOR_VERB = /^(?:есть|нет|надо|нужно|готова?|будет|буду)$/u;

function isWorkVerb(word: string | undefined): boolean {
  return verbForm(word ?? "") !== null;
}
