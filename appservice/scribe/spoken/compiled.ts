import { Address } from "./address.ts";
import { type AnyOrder, anyOrderOf } from "./any-order.ts";
import { endingOf, onset } from "./likeness.ts";
import { COMMAND_NAMES, type SpokenCommandName, type Lexicon } from "./lexicon.ts";
import { type PhraseParts, type Sequence, sequencesOf } from "./phrase.ts";
import { comparable, type Token } from "./tokens.ts";
import { WordList } from "./word-list.ts";

export const GRADES = ["clear", "clause", "closing", "alone"] as const;
export type Grade = (typeof GRADES)[number];

export type Phrase = {
  readonly command: SpokenCommandName;
  readonly grade: Grade;
  readonly sequence: Sequence;
  readonly mayAsk: boolean;
};

/** Phrase of which the words stand in any order. */
export type AnyOrderPhrase = Phrase & { readonly anyOrder: AnyOrder };

type Lists =
  | "leads"
  | "joins"
  | "thanks"
  | "courtesies"
  | "tags"
  | "takeBack"
  | "goesOn"
  | "reporting"
  | "conditions"
  | "harmless"
  | "spoils"
  | "binds"
  | "negations"
  | "clings"
  | "unlike"
  | "therefore"
  | "notNames"
  | "notText"
  | "taskBegins"
  | "workBegins"
  | "ownedBy"
  | "spokenOf"
  | "hesitations"
  | "answers"
  | "between";

/** A lexicon made ready for looking things up in it. */
export type Compiled = Readonly<Record<Lists, WordList>> & {
  readonly language: string;
  /** Phrases that may begin at a word. */
  readonly phrasesAt: (tokens: readonly Token[], i: number) => readonly Phrase[];
  /** Number at a word: its value and how many words it takes. */
  readonly numberAt: (tokens: readonly Token[], i: number) => PhraseMeasure | null;
  readonly unitAt: (tokens: readonly Token[], i: number) => PhraseMeasure | null;
  readonly address: Address;
  /** Tells a word that stands in the phrases or lists of the lexicon. */
  readonly isWord: (word: string) => boolean;
  /** Clauses with their words in any order that may begin with a word; with a name or a number, by null. */
  readonly anyOrderFrom: (word: string | null) => readonly AnyOrderPhrase[];
};

export type PhraseMeasure = { readonly value: number; readonly words: number };

/** Makes a lexicon ready for look-ups. Throws `BadPhrase` where a phrase does not follow its syntax. */
export function compile(lexicon: Lexicon): Compiled {
  const list = (name: Lists) => [name, new WordList(lexicon[name])] as const;
  const lists = Object.fromEntries([
    list("leads"),
    list("joins"),
    list("thanks"),
    list("courtesies"),
    list("tags"),
    list("takeBack"),
    list("goesOn"),
    list("reporting"),
    list("conditions"),
    list("harmless"),
    list("spoils"),
    list("binds"),
    list("negations"),
    list("clings"),
    list("unlike"),
    list("therefore"),
    list("notNames"),
    list("notText"),
    list("taskBegins"),
    list("workBegins"),
    list("ownedBy"),
    list("spokenOf"),
    list("hesitations"),
    list("answers"),
    list("between"),
  ]) as Record<Lists, WordList>;
  const numbers = tableOf(lexicon.numbers);
  const phrases = COMMAND_NAMES.flatMap((command) =>
    GRADES.flatMap((grade) =>
      lexicon.commands[command][grade].flatMap((phrase) => phrasesOf(command, grade, phrase, lexicon.parts)),
    ),
  );
  return {
    ...lists,
    language: lexicon.language,
    phrasesAt: bySound(phrases),
    numberAt: (tokens, i) => numberAt(numbers, tokens, i),
    unitAt: tableOf(lexicon.units),
    address: new Address(lexicon.address, lists.spokenOf),
    isWord: wordsOf(lexicon),
    anyOrderFrom: byFirstWord(
      COMMAND_NAMES.flatMap((command) =>
        lexicon.commands[command].anyOrder.map((written) => inAnyOrder(command, written, lexicon.parts)),
      ),
    ),
  };
}

function wordsOf({ commands, parts, ...lists }: Lexicon): Compiled["isWord"] {
  const written = [
    ...COMMAND_NAMES.flatMap((name) => Object.values(commands[name]).flat()),
    ...Object.values(parts),
    ...Object.values(lists).flatMap((list) => (Array.isArray(list) ? list : [])),
  ];
  const words = new Set(written.flatMap((text) => text.match(/[\p{L}'’]+/gu) ?? []).map(comparable));
  return (word) => words.has(word);
}

function phrasesOf(command: SpokenCommandName, grade: Grade, phrase: string, parts: PhraseParts): Phrase[] {
  const mayAsk = phrase.endsWith("?");
  return sequencesOf(mayAsk ? phrase.slice(0, -1) : phrase, parts).map((sequence) => ({
    command,
    grade,
    sequence,
    mayAsk,
  }));
}

function inAnyOrder(command: SpokenCommandName, written: string, parts: PhraseParts): AnyOrderPhrase {
  const anyOrder = anyOrderOf(written, parts);
  // "They came back, and we go on" tells of something: a meeting goes on by a sentence of its own.
  return {
    command,
    grade: command === "resume" ? "alone" : "closing",
    sequence: [],
    mayAsk: anyOrder.mayAsk,
    anyOrder,
  };
}

function byFirstWord(phrases: readonly AnyOrderPhrase[]): Compiled["anyOrderFrom"] {
  const sorted = new Map<string | null, Set<AnyOrderPhrase>>();
  for (const phrase of phrases) {
    for (const { words, slots } of phrase.anyOrder.groups) {
      for (const word of [...words.firstWords, ...(slots.length > 0 ? [null] : [])]) {
        const alike = sorted.get(word) ?? new Set();
        sorted.set(word, alike.add(phrase));
      }
    }
  }
  const lists = new Map([...sorted].map(([word, alike]) => [word, [...alike]] as const));
  return (word) => lists.get(word) ?? [];
}

/** Number of words by which what is heard may differ from a phrase: an engine parts a word in two, or joins two. */
const PARTED = 1;

/**
 * Sorts phrases by how their first words begin and end: there are thousands, of which few sound like what was heard.
 */
function bySound(phrases: readonly Phrase[]): Compiled["phrasesAt"] {
  const sorted = new Map<string, Phrase[]>();
  const anyhow: Phrase[] = [];
  let longest = 0;
  for (const phrase of phrases) {
    const first = phrase.sequence[0];
    if (first?.kind !== "words") {
      anyhow.push(phrase);
      continue;
    }
    const { words, joined, ending } = first.run;
    longest = Math.max(longest, words.length + PARTED);
    const key = keyOf(onset(joined), ending, words.length);
    const alike = sorted.get(key);
    if (alike) alike.push(phrase);
    else sorted.set(key, [phrase]);
  }
  return (tokens, i) => {
    const begin = onset(`${tokens[i]?.word ?? ""}${tokens[i + 1]?.word ?? ""}`);
    const found: Phrase[] = [];
    const keys = new Set<string>();
    for (let heard = 1; heard <= longest && i + heard <= tokens.length; heard++) {
      const ending = endingOf(tokens[i + heard - 1]?.word ?? "");
      for (let words = heard - PARTED; words <= heard + PARTED; words++) keys.add(keyOf(begin, ending, words));
    }
    for (const key of keys) found.push(...(sorted.get(key) ?? []));
    return [...found, ...anyhow];
  };
}

function keyOf(begin: string, ending: string, words: number): string {
  return `${begin} ${ending} ${words}`;
}

type Lookup = (tokens: readonly Token[], i: number) => PhraseMeasure | null;

function tableOf(values: Readonly<Record<string, number>>): Lookup {
  const table = new Map(
    Object.entries(values).map(([words, value]) => [
      words
        .split(/[\s-]+/)
        .map(comparable)
        .join(" "),
      value,
    ]),
  );
  const longest = Math.max(1, ...[...table.keys()].map((words) => words.split(" ").length));
  return (tokens, i) => {
    for (let words = longest; words > 0; words--) {
      const value = table.get(
        tokens
          .slice(i, i + words)
          .map(({ word }) => word)
          .join(" "),
      );
      if (value !== undefined && i + words <= tokens.length) return { value, words };
    }
    return null;
  };
}

/** Reads a number from digits, a word, or tens and ones: "30", "тридцать", "thirty five". */
function numberAt(table: Lookup, tokens: readonly Token[], i: number): PhraseMeasure | null {
  const word = tokens[i]?.word ?? "";
  if (/^\d{1,3}$/.test(word)) return Number(word) > 0 ? { value: Number(word), words: 1 } : null;
  const first = table(tokens, i);
  if (!first || first.value < 20 || first.value % 10 !== 0) return first;
  const ones = table(tokens, i + first.words);
  return ones && ones.value >= 1 && ones.value < 10
    ? { value: first.value + ones.value, words: first.words + ones.words }
    : first;
}
