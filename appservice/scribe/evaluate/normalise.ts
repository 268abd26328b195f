/**
 * The normaliser `mindminder-1`, applied to reference and transcript alike before they are compared:
 * 1. NFKC, lower case; `ё` is `е`; all apostrophes are one, and one within a word is dropped (`that's` → `thats`).
 * 2. Notes in square brackets (`[Music]`, `[laughs]`) are left out: nobody said them.
 * 3. Whole numbers from 0 to 999 become words of their language: Russian if the text has a Cyrillic letter, else English.
 *    `%` becomes a word, too. Cases and ordinals of Russian numbers are not told apart: `5-го` counts as an error.
 * 4. Everything that is no letter and no digit separates words.
 * Nothing else: no list of spellings, no fillers left out, no stemming.
 */
export const NORMALISER = "mindminder-1";

export function normalised(text: string): string[] {
  const plain = text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("ё", "е")
    .replace(/\[[^[\]]*\]/g, " ")
    .replace(/(?<=\p{L})['’ʼ`](?=\p{L})/gu, "");
  const words = /\p{Script=Cyrillic}/u.test(plain) ? RUSSIAN : ENGLISH;
  return plain
    .replace(/(?<![\p{L}\p{N}])\d{1,3}(?![\p{L}\p{N}])/gu, (digits) => ` ${spelled(Number(digits), words)} `)
    .replaceAll("%", ` ${words.percent} `)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

type NumberWords = {
  readonly small: readonly string[];
  readonly tens: readonly string[];
  readonly hundreds: readonly string[];
  readonly percent: string;
};

const EN_SMALL =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const ENGLISH: NumberWords = {
  small: EN_SMALL,
  tens: ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
  hundreds: EN_SMALL.slice(0, 10).map((word) => `${word} hundred`),
  percent: "percent",
};

const RUSSIAN: NumberWords = {
  small: (
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать " +
    "шестнадцать семнадцать восемнадцать девятнадцать"
  ).split(" "),
  tens: ["", "", "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто"],
  hundreds: ["", "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот"],
  percent: "процентов",
};

function spelled(number: number, { small, tens, hundreds }: NumberWords): string {
  if (number < 20) return small[number] ?? "";
  const [hundred, rest] = [Math.floor(number / 100), number % 100];
  const below =
    rest === 0
      ? []
      : rest < 20
        ? [small[rest]]
        : [tens[Math.floor(rest / 10)], ...(rest % 10 ? [small[rest % 10]] : [])];
  return [...(hundred ? [hundreds[hundred]] : []), ...below].join(" ");
}
