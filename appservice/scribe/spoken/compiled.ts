import { onset } from "./likeness.ts";
import { COMMAND_NAMES, type SpokenCommandName, type Lexicon } from "./lexicon.ts";
import { type Sequence, sequencesOf } from "./phrase.ts";
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

type Lists =
  | "leads"
  | "joins"
  | "thanks"
  | "takeBack"
  | "goesOn"
  | "reporting"
  | "conditions"
  | "harmless"
  | "spoils"
  | "binds"
  | "negations"
  | "notNames"
  | "notText"
  | "taskBegins";

/** A lexicon made ready for looking things up in it. */
export type Compiled = Readonly<Record<Lists, WordList>> & {
  readonly language: string;
  /** Phrases that may begin at a word. */
  readonly phrasesAt: (tokens: readonly Token[], i: number) => readonly Phrase[];
  /** Number at a word: its value and how many words it takes. */
  readonly numberAt: (tokens: readonly Token[], i: number) => PhraseMeasure | null;
  readonly unitAt: (tokens: readonly Token[], i: number) => PhraseMeasure | null;
};

export type PhraseMeasure = { readonly value: number; readonly words: number };

/** Makes a lexicon ready for look-ups. Throws `BadPhrase` where a phrase does not follow its syntax. */
export function compile(lexicon: Lexicon): Compiled {
  const list = (name: Lists) => [name, new WordList(lexicon[name])] as const;
  const lists = Object.fromEntries([
    list("leads"),
    list("joins"),
    list("thanks"),
    list("takeBack"),
    list("goesOn"),
    list("reporting"),
    list("conditions"),
    list("harmless"),
    list("spoils"),
    list("binds"),
    list("negations"),
    list("notNames"),
    list("notText"),
    list("taskBegins"),
  ]) as Record<Lists, WordList>;
  const numbers = tableOf(lexicon.numbers);
  const phrases = COMMAND_NAMES.flatMap((command) =>
    GRADES.flatMap((grade) => lexicon.commands[command][grade].flatMap((phrase) => phrasesOf(command, grade, phrase))),
  );
  return {
    ...lists,
    language: lexicon.language,
    phrasesAt: byOnset(phrases),
    numberAt: (tokens, i) => numberAt(numbers, tokens, i),
    unitAt: tableOf(lexicon.units),
  };
}

function phrasesOf(command: SpokenCommandName, grade: Grade, phrase: string): Phrase[] {
  const mayAsk = phrase.endsWith("?");
  return sequencesOf(mayAsk ? phrase.slice(0, -1) : phrase).map((sequence) => ({ command, grade, sequence, mayAsk }));
}

/** Sorts phrases by their onset: there are thousands, of which few begin like the words heard. */
function byOnset(phrases: readonly Phrase[]): Compiled["phrasesAt"] {
  const sorted = new Map<string, Phrase[]>();
  for (const phrase of phrases) {
    const first = phrase.sequence[0];
    const key = first?.kind === "words" ? onset(first.run.joined) : "";
    const alike = sorted.get(key);
    if (alike) alike.push(phrase);
    else sorted.set(key, [phrase]);
  }
  const anyhow = sorted.get("") ?? [];
  return (tokens, i) => [
    ...(sorted.get(onset(`${tokens[i]?.word ?? ""}${tokens[i + 1]?.word ?? ""}`)) ?? []),
    ...anyhow,
  ];
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
