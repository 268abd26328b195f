const LONGEST_PHRASE = 12;
/** Number of repeats that people do say. */
const MOST_REPEATS = 3;
/**
 * Length of the longest number. Digits and letters told one by one stand as often as they were told: telephone numbers,
 * codes, sums.
 */
const LONGEST_NUMBER = 20;

/** Shortens loops: an engine that lost the thread says a phrase again and again, and once is enough. */
export function withoutLoops(words: readonly string[]): string[] {
  const bare = words.map((word) => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""));
  const told = words.map((word, i) => isTold(word, bare[i] ?? ""));
  const kept: string[] = [];
  for (let at = 0; at < words.length; ) {
    const { length, times } = loopAt(bare, at);
    if (times <= MOST_REPEATS) kept.push(words[at++] ?? "");
    else {
      const end = at + length * times;
      kept.push(...words.slice(at, isNumber(bare, told, at, length) && end - at <= LONGEST_NUMBER ? end : at + length));
      at = end;
    }
  }
  return kept;
}

/** Finds the phrase at `at` whose repetitions are longest, in words. */
function loopAt(bare: readonly string[], at: number): { length: number; times: number } {
  let found = { length: 1, times: 1 };
  for (let length = 1; length <= LONGEST_PHRASE && at + length * 2 <= bare.length; length++) {
    let times = 1;
    while (samePhrase(bare, at, at + length * times, length)) times++;
    if (times > MOST_REPEATS && times * length > found.times * found.length) found = { length, times };
  }
  return found;
}

function samePhrase(bare: readonly string[], one: number, other: number, length: number): boolean {
  if (other + length > bare.length) return false;
  for (let word = 0; word < length; word++) {
    if (bare[one + word] !== bare[other + word]) return false;
  }
  return true;
}

/** Tells whether a stretch is only digits, letters told one by one, and the marks between them. */
function isNumber(bare: readonly string[], told: readonly boolean[], at: number, length: number): boolean {
  const places = Array.from({ length }, (_, i) => at + i);
  return places.some((i) => told[i]) && places.every((i) => told[i] || bare[i] === "");
}

const NUMBERS = new Set(
  `zero oh one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety hundred thousand double triple
  ноль нуль один одна два две три четыре пять шесть семь восемь девять десять двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто сто двести триста четыреста пятьсот шестьсот семьсот
  восемьсот девятьсот тысяча плюс plus минус minus`.split(/\s+/),
);

function isTold(word: string, bare: string): boolean {
  // "I I I I" and «Я я я я» are a stutter, "A A A A" is spelled.
  return /\p{N}/u.test(word) || NUMBERS.has(bare) || (/^[^\p{L}]*\p{Lu}[^\p{L}]*$/u.test(word) && !/[IЯ]/.test(word));
}
