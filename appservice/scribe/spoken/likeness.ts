/** Letters that sound nearly alike, so that an engine takes one for the other. */
const NEAR = [
  "аоуеиыэюяй",
  "aeiouy",
  "дт",
  "бп",
  "гкх",
  "вф",
  "зсц",
  "жшщч",
  "мн",
  "dt",
  "bp",
  "gckq",
  "vfw",
  "sz",
  "mn",
  "rl",
];
const NEAR_PAIRS = new Set(
  NEAR.flatMap((letters) =>
    [...letters].flatMap((one) => [...letters].map((other) => one.charCodeAt(0) * 65_536 + other.charCodeAt(0))),
  ),
);
const SILENT = new Set("ьъh");
const VOWELS = /^[аоуеиыэюяйaeiouy]*$/;

const CLASS = new Map(NEAR.flatMap((letters) => [...letters].map((letter) => [letter, letters[0] ?? ""] as const)));

/** Beginning of a run of words, roughly: two that are alike begin alike. Keeps the comparing to few phrases. */
export function onset(run: string): string {
  let begin = "";
  for (const letter of run) {
    const heard = CLASS.get(letter) ?? letter;
    if (!SILENT.has(letter) && !begin.endsWith(heard)) begin += heard;
    if (begin.length === 2) break;
  }
  return begin;
}

const NEAR_COST = 0.4;
const SILENT_COST = 0.2;

/**
 * Distance of heard words from those of a phrase: 0 when they are the same, null when they are something else. Words
 * are compared as one run, since engines part and join them as they like.
 */
export function distance(heard: Run, meant: Run): number | null {
  // Most comparisons end here: words with another ending are something else.
  if (heard.ending !== meant.ending) return null;
  if (heard.joined === meant.joined) return 0;
  const { tolerance } = meant;
  if (tolerance === 0 || Math.abs(heard.joined.length - meant.joined.length) > tolerance + LONGER) return null;
  if (leastEdits(heard.counted(), meant.counted()) > tolerance) return null;
  const cost = edits(heard.joined, meant.joined, tolerance);
  if (cost > tolerance) return null;
  const same = heard.words.length === meant.words.length;
  const isOther = (word: string, i: number) =>
    isOtherForm(word, meant.words[i] ?? "") || isOtherWord(word, meant.words[i] ?? "");
  return same && heard.words.some(isOther) ? null : cost;
}

/** Words side by side. */
export type Run = {
  readonly words: readonly string[];
  readonly joined: string;
  readonly ending: string;
  readonly tolerance: number;
  /** Counts its sounds when it is first asked: most runs are told apart by their endings. */
  readonly counted: () => Counted;
};

/** Sounds of a run; those that are silent or doubled are cheap to leave out, and count apart. */
type Counted = { readonly sounds: Uint8Array; readonly cheap: number };

export function runOf(words: readonly string[]): Run {
  const joined = words.join("");
  let known: Counted | undefined;
  const counted = () => (known ??= countedSounds(joined));
  return { words, joined, ending: endingOf(joined), tolerance: tolerance(joined.length), counted };
}

const SOUNDS = 32;

function countedSounds(run: string): Counted {
  const sounds = new Uint8Array(SOUNDS);
  let cheap = 0;
  for (let at = 0; at < run.length; at++) {
    const letter = run[at] ?? "";
    if (SILENT.has(letter) || letter === run[at - 1]) cheap++;
    const sound = (CLASS.get(letter) ?? letter).charCodeAt(0) % SOUNDS;
    sounds[sound] = Math.min(255, (sounds[sound] ?? 0) + 1);
  }
  return { sounds, cheap };
}

/** Edits that two runs need at least, whatever the order of their sounds: quick to count, and mostly too many. */
function leastEdits(one: Counted, other: Counted): number {
  let [more, fewer] = [0, 0];
  for (let sound = 0; sound < SOUNDS; sound++) {
    const difference = one.sounds[sound]! - other.sounds[sound]!;
    if (difference > 0) more += difference;
    else fewer -= difference;
  }
  return Math.max(more - one.cheap, fewer - other.cheap);
}

/** Number of letters, silent or doubled, that may be more or less. */
const LONGER = 1;

/** Sound with which a run of words ends, roughly. */
export function endingOf(run: string): string {
  let at = run.length - 1;
  while (at > 0 && SILENT.has(run[at] ?? "")) at--;
  const letter = run[at] ?? "";
  return CLASS.get(letter) ?? letter;
}

/** Distance allowed: nothing in a short phrase, a letter or two in a long one. */
function tolerance(length: number): number {
  if (length < 5) return 0;
  if (length < 8) return 0.5;
  if (length < 12) return 1;
  return length < 16 ? 1.5 : 2;
}

/**
 * Tells inflected forms from mishearings: "passed" is no mishearing of "pass", nor "передаёт" of "передаю"; their
 * endings mean something. Vowels alone may be blurred.
 */
function isOtherForm(heardWord: string, meantWord: string): boolean {
  const [heard, meant] = [plain(heardWord), plain(meantWord)];
  if (heard === meant) return false;
  let same = 0;
  while (same < heard.length && heard[same] === meant[same]) same++;
  if (same < Math.max(3, meant.length - 2)) return false;
  const [one, other] = [heard.slice(same), meant.slice(same)];
  return !(one.length === other.length && VOWELS.test(one) && VOWELS.test(other));
}

/** Part of the letters of a word that may be misheard. */
const MISHEARD = 0.4;

/** Tells another word from a mishearing: "tea" is none of "time", however long the rest of the phrase is. */
function isOtherWord(heard: string, meant: string): boolean {
  const most = Math.max(heard.length, meant.length) * MISHEARD;
  return heard !== meant && edits(heard, meant, most) > most;
}

function plain(word: string): string {
  return word.replace(/[ьъh]/g, "").replace(/(.)\1+/g, "$1");
}

/**
 * Distance of two words as they sound, by Wagner and Fischer (1974) with costs of our own. It is given up, as infinite,
 * once it is sure to be more than `most`.
 */
export function edits(one: string, other: string, most = Infinity): number {
  const [ones, others] = [lettersOf(one), lettersOf(other)];
  let row = new Float64Array(other.length + 1);
  let next = new Float64Array(other.length + 1);
  others.forEach(({ drop }, j) => (row[j + 1] = row[j]! + drop));
  for (const { code, drop } of ones) {
    let least = (next[0] = row[0]! + drop);
    for (let j = 0; j < others.length; j++) {
      const letter = others[j]!;
      const cost = Math.min(row[j + 1]! + drop, next[j]! + letter.drop, row[j]! + change(code, letter.code));
      next[j + 1] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return Infinity;
    [row, next] = [next, row];
  }
  return row[others.length]!;
}

type Letter = { readonly code: number; readonly drop: number };

/** Letters of words that were compared before: phrases and names come again and again. */
const KNOWN = new Map<string, Letter[]>();
const MOST_KNOWN = 50_000;

function lettersOf(word: string): Letter[] {
  const known = KNOWN.get(word);
  if (known) return known;
  const letters = Array.from({ length: word.length }, (_, at) => word[at] ?? "").map(
    (letter, at): Letter => ({
      code: letter.charCodeAt(0),
      drop: SILENT.has(letter) || letter === word[at - 1] ? SILENT_COST : 1,
    }),
  );
  if (KNOWN.size >= MOST_KNOWN) KNOWN.clear();
  KNOWN.set(word, letters);
  return letters;
}

function change(one: number, other: number): number {
  return one === other ? 0 : NEAR_PAIRS.has(one * 65_536 + other) ? NEAR_COST : 1;
}
