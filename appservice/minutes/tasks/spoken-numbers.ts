/**
 * Writes numbers of several words ("twenty five", «двадцать пять») as digits: readers of dates would see the last word
 * alone.
 */
export function withDigits(said: string): string {
  return folded(folded(withYears(said), ENGLISH), RUSSIAN);
}

type Language = {
  readonly run: RegExp;
  readonly amountOf: (word: string) => number | null;
  readonly ordinal: (word: string) => number | null;
};

/** Number from which on even one word is written as digits, since readers of dates do not know it. */
const FIRST_FOLDED = 13;

function folded(said: string, { run, amountOf, ordinal }: Language): string {
  return said.replace(run, (words) => {
    const parts = words.split(/[\s-]+/).filter((word) => word !== "and");
    let [sum, current] = [0, 0];
    let suffix = "";
    for (const [i, word] of parts.entries()) {
      const nth = i === parts.length - 1 ? ordinal(word) : null;
      const value = amountOf(word) ?? nth;
      if (value === null) return words;
      if (nth !== null && amountOf(word) === null) suffix = endingOf(nth);
      if (value === 100) current = Math.max(1, current) * 100;
      else if (value === 1_000) [sum, current] = [sum + Math.max(1, current) * 1_000, 0];
      else if (current % 10 !== 0 || (current % 100 !== 0 && value > 9))
        return words; // "one two" is no number
      else current += value;
    }
    const value = sum + current;
    return parts.length > 1 || value >= FIRST_FOLDED ? `${value}${suffix}` : words;
  });
}

function endingOf(nth: number): string {
  return nth > 3 ? "th" : (["th", "st", "nd", "rd"][nth] ?? "th");
}

const UNITS =
  "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const NTHS = "first second third fourth fifth sixth seventh eighth ninth".split(" ");

const ENGLISH: Language = {
  run: new RegExp(
    `\\b(?:(?:a|an) (?=hundred))?(?:${[...UNITS, ...TENS, "hundred"].join("|")})(?:[ -](?:and (?!a\\b))?(?:${[...UNITS, ...TENS, "hundred", ...NTHS].join("|")})){0,6}\\b`,
    "g",
  ),
  amountOf: (word) => {
    if (word === "a" || word === "an") return 0;
    if (word === "hundred") return 100;
    const unit = UNITS.indexOf(word) + 1;
    return unit || (TENS.includes(word) ? (TENS.indexOf(word) + 2) * 10 : null);
  },
  ordinal: (word) => NTHS.indexOf(word) + 1 || null,
};

const FORMS: readonly [value: number, forms: string][] = [
  [1, "один|одного|одному|одним|одном|одна|одну|одной|одно"],
  [2, "два|две|двух|двум|двумя"],
  [3, "три|трех|трем|тремя"],
  [4, "четыре|четырех|четырем"],
  [5, "пять|пяти|пятью"],
  [6, "шесть|шести"],
  [7, "семь|семи"],
  [8, "восемь|восьми"],
  [9, "девять|девяти"],
  [10, "десять|десяти"],
  [11, "одиннадцать|одиннадцати"],
  [12, "двенадцать|двенадцати"],
  [13, "тринадцать|тринадцати"],
  [14, "четырнадцать|четырнадцати"],
  [15, "пятнадцать|пятнадцати"],
  [16, "шестнадцать|шестнадцати"],
  [17, "семнадцать|семнадцати"],
  [18, "восемнадцать|восемнадцати"],
  [19, "девятнадцать|девятнадцати"],
  [20, "двадцать|двадцати"],
  [30, "тридцать|тридцати"],
  [40, "сорок|сорока"],
  [50, "пятьдесят|пятидесяти"],
  [60, "шестьдесят|шестидесяти"],
  [70, "семьдесят|семидесяти"],
  [80, "восемьдесят|восьмидесяти"],
  [90, "девяносто|девяноста"],
  // A hundred is added to the words after it, as all others are: only in English it multiplies those before it.
  [100, "сто|ста"],
  [200, "двести|двухсот"],
  [300, "триста|трехсот"],
];
const RUSSIAN_WORDS = new Map(
  FORMS.flatMap(([value, forms]) => forms.split("|").map((form) => [form, value] as const)),
);
const RUSSIAN_RUN = [...RUSSIAN_WORDS.keys()].toSorted((a, b) => b.length - a.length).join("|");

const RUSSIAN: Language = {
  run: new RegExp(
    `(?<![\\p{L}\\d-])(?:${RUSSIAN_RUN})(?: (?:${RUSSIAN_RUN})){0,3}(?![\\p{L}-])(?! (?:перв|втор|трет|четверт|пят|шест|седьм|восьм|девят)(?:ого|ому|его|ему|ьего|ьему|ое|ье)(?!\\p{L}))`,
    "gu",
  ),
  amountOf: (word) => RUSSIAN_WORDS.get(word) ?? null,
  ordinal: () => null,
};

const RUSSIAN_NTHS = "перв втор трет четверт пят шест седьм восьм девят".split(" ");
const ENGLISH_YEAR = new RegExp(
  `\\b(?:twenty|two thousand(?: and)?) (twenty|thirty)(?:[ -](${UNITS.slice(0, 9).join("|")}))?\\b(?! \\w+(?:day|days|week|weeks|month|months|percent)\\b)`,
  "g",
);
const RUSSIAN_YEAR = new RegExp(
  `(?<!\\p{L})две тысячи (двадцать|тридцать) (${RUSSIAN_NTHS.join("|")})\\p{L}{2,3}(?: год\\p{L})?(?!\\p{L})`,
  "gu",
);

/** Writes years as digits: "twenty twenty eight", «две тысячи двадцать восьмого года». */
function withYears(said: string): string {
  return said
    .replace(ENGLISH_YEAR, (_, tens: string, unit?: string) =>
      String(2_000 + (tens === "twenty" ? 20 : 30) + (unit ? UNITS.indexOf(unit) + 1 : 0)),
    )
    .replace(
      RUSSIAN_YEAR,
      (_, tens: string, unit: string) =>
        `${2_000 + (tens === "двадцать" ? 20 : 30) + RUSSIAN_NTHS.indexOf(unit) + 1} года`,
    );
}
