import { remembered } from "../../../language/remembered.ts";
import { words } from "../../text/words.ts";

/**
 * Lists the numbers of a text, whether in digits or in words, cardinal or ordinal: "the thirteenth", "13th", «13-го»
 * and «тринадцатого» are all 13, «четырёхместная» holds 4. "One" and «один» alone are left out: they seldom count
 * anything.
 */
export function numbersIn(text: string): Set<number> {
  const found = new Set<number>();
  let open: Run | null = null;
  const close = () => {
    if (open && !open.isMereOne) found.add(open.sum + open.current);
    open = null;
  };
  for (const word of parted(text)) {
    const digits = /^\d+/.exec(word)?.[0];
    const value = digits === undefined ? amountOf(word) : Number(digits);
    if (value === null) {
      if (!JOINING.has(word)) close();
    } else if (open === null || digits !== undefined || !joined(open, value)) {
      close();
      const isMereOne = MERE_ONE.test(word);
      open = { ...(isMany(value) ? { sum: value, current: 0 } : { sum: 0, current: value }), last: value, isMereOne };
    }
  }
  close();
  for (const [spoken, minutes] of PARTS_OF_AN_HOUR) if (spoken.test(text)) found.add(minutes);
  return found;
}

type Run = { sum: number; current: number; last: number; isMereOne: boolean };

const MERE_ONE = /^(?:one|од(?:ин|на|но|ного|ному|ним|ном|ной|ну|ни|них))$/u;

const JOINING = new Set(["and"]);
/** A word that is part of no number. */
const BORDER = ".";

/** Digits with a point, a comma or a space for thousands are one number; a time is two. */
function parted(text: string): string[] {
  const clauses = text.replace(/(?<=\d)[  ,](?=\d{3}(?!\d))/g, "").split(/[,;.!?] /);
  return clauses.flatMap((clause) => [...words(clause).flatMap((word) => word.split("-")), BORDER]);
}

/** Adds a word to a number that has begun, as "two" to "nine thousand"; false: another number begins. */
function joined(run: Run, value: number): boolean {
  if (value === 100 && run.current > 0 && run.current < 10) run.current *= 100;
  else if (isMany(value) && run.current > 0 && run.sum === 0) {
    run.sum += run.current * value;
    run.current = 0;
  } else if (value < run.last && (run.last >= 100 || (run.last >= 20 && run.last % 10 === 0 && value < 10)))
    run.current += value;
  else return false;
  run.isMereOne = false;
  run.last = value;
  return true;
}

function isMany(value: number): boolean {
  return value === 1_000 || value === 1_000_000;
}

const PARTS_OF_AN_HOUR: readonly (readonly [RegExp, number])[] = [
  [/\bhalf past\b/iu, 30],
  [/\bquarter (?:past|to)\b/iu, 15],
];

const ENGLISH: Readonly<Record<string, number>> = {
  ...counted(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
  ),
  ...counted(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth",
  ),
  ...counted("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
  ...counted("twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth", 20, 10),
  once: 1,
  twice: 2,
  thrice: 3,
  hundred: 100,
  thousand: 1_000,
  million: 1_000_000,
};

function counted(list: string, from = 1, step = 1): Record<string, number> {
  return Object.fromEntries(list.split(" ").map((word, i) => [word, from + i * step]));
}

/** Stems and endings: cardinals in their cases, ordinals in theirs, and numbers of people («трое»). */
const ORDINAL = "(?:ый|ой|ий|ого|его|ому|ему|ым|им|ом|ем|ая|яя|ую|ое|ее|ые|ых|ыми)";
const RUSSIAN: readonly (readonly [RegExp, number])[] = [
  [1, `од(?:ин|на|но|ного|ному|ним|ном|ной|ну|ни|них)|перв${ORDINAL}`],
  [2, `дв(?:а|е|ух|ум|умя|ое|оих|ушк.{1,2})|втор${ORDINAL}|дважды`],
  [3, "тр(?:и|ех|ем|емя|ое|оих)|трет(?:ий|ьего|ьему|ьим|ьем|ья|ью|ьей|ье|ьи|ьих)|трижды"],
  [4, `четыр(?:е|ех|ем|ьмя)|четвер(?:о|ых)|четверт${ORDINAL}`],
  [5, `пят(?:ь|и|ью|еро|ерых)|пят${ORDINAL}`],
  [6, `шест(?:ь|и|ью|еро)|шест${ORDINAL}`],
  [7, `сем(?:ь|и|еро)|седьм${ORDINAL}`],
  [8, `вос(?:емь|ьми|емью)|восьм${ORDINAL}`],
  [9, `девят(?:ь|и|ью)|девят${ORDINAL}`],
  [10, `десят(?:ь|и|ью|ок|ка)|десят${ORDINAL}`],
  ...["один", "две", "три", "четыр", "пят", "шест", "сем", "восем", "девят"].map((stem, i): [number, string] => [
    i + 11,
    `${stem}надцат(?:ь|и|ью|${ORDINAL})`,
  ]),
  [20, `двадцат(?:ь|и|ью|${ORDINAL})`],
  [30, `тридцат(?:ь|и|ью|${ORDINAL})`],
  [40, `сорок(?:а|ов${ORDINAL})?`],
  [50, `пят(?:ь|и|ью)десят(?:и|ью|${ORDINAL})?`],
  [60, `шест(?:ь|и|ью)десят(?:и|ью|${ORDINAL})?`],
  [70, `сем(?:ь|и|ью)десят(?:и|ью|${ORDINAL})?`],
  [80, `вос(?:емь|ьми|емью)десят(?:и|ью|${ORDINAL})?`],
  [90, `девяност(?:о|а|${ORDINAL})`],
  [100, `ст(?:о|а)|сот(?:ня|ни|ню|${ORDINAL})`],
  [200, "двести|двухсот"],
  [300, "триста|трехсот"],
  [400, "четыреста|четырехсот"],
  ...["пят", "шест", "сем", "восем", "девят"].map((stem, i): [number, string] => [
    500 + i * 100,
    `${stem}ьсот|${stem === "восем" ? "восьм" : stem}исот`,
  ]),
  [1_000, "тысяч(?:а|и|у|ей|ам|ами)?"],
  [1_000_000, "миллион(?:а|ов|ы)?"],
].map(([value, forms]) => [new RegExp(`^(?:${forms})$`, "u"), Number(value)] as const);

/** Numbers at the beginning of an adjective: «двухместный», «пятидневный». */
const COUNTED =
  /^(дву|трех|четырех|пяти|шести|семи|восьми|девяти|десяти)х?(?:мест|комнат|днев|часов|этаж|лет|недель|минут|крат|метр|литр|тонн|месяч)\p{L}{2,5}$/u;
const COUNTS = ["дву", "трех", "четырех", "пяти", "шести", "семи", "восьми", "девяти", "десяти"];

function countedBy(word: string): number | null {
  const stem = COUNTED.exec(word)?.[1];
  return stem === undefined ? null : COUNTS.indexOf(stem) + 2;
}

const amountOf = remembered(
  (word: string) =>
    (Object.hasOwn(ENGLISH, word) ? ENGLISH[word] : RUSSIAN.find(([forms]) => forms.test(word))?.[1]) ??
    countedBy(word),
  (word) => word,
);

/** Tells whether a word is a part of a number. */
export function isNumber(word: string): boolean {
  return /^\d/.test(word) || amountOf(word) !== null;
}
