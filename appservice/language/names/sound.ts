const LETTERS: Readonly<Record<string, string>> = {
  а: "a",
  б: "b",
  в: "v",
  г: "g",
  д: "d",
  е: "e",
  ж: "zh",
  з: "z",
  и: "i",
  й: "i",
  к: "k",
  л: "l",
  м: "m",
  н: "n",
  о: "o",
  п: "p",
  р: "r",
  с: "s",
  т: "t",
  у: "u",
  ф: "f",
  х: "h",
  ц: "ts",
  ч: "ch",
  ш: "sh",
  щ: "sch",
  ъ: "",
  ы: "i",
  ь: "",
  э: "e",
  ю: "yu",
  я: "ya",
};

/** English spellings and what Russian ears make of them: Mike is Майк, Kate is Кейт, Sue is Сью. */
const SPELLINGS: readonly [RegExp, string][] = [
  [/i([bdklmnpt])e$/, "ai$1"],
  [/a([bdklmnpt])e$/, "ei$1"],
  [/o([bdklmnpt])e$/, "ou$1"],
  [/ue$/, "yu"],
  [/ew/, "yu"],
  [/ee|ea/g, "i"],
  [/oo/g, "u"],
  [/ph/g, "f"],
  [/ck/g, "k"],
  [/x/g, "ks"],
  [/w/g, "v"],
  [/kh/g, "h"],
  [/oh/g, "o"],
  [/ah$/, "a"],
  [/c(?!h)/g, "k"],
  [/dzh/g, "j"],
  [/y/g, "i"],
  [/ii+/g, "i"],
  [/ie$/, "i"],
];

/** One spelling for a name in either alphabet. Rough: it compares a word with the few names at the table. */
export function soundOf(word: string): string {
  const latin = [...word].map((letter) => LETTERS[letter] ?? letter).join("");
  return SPELLINGS.reduce((text, [from, to]) => text.replace(from, to), latin).replace(/([a-z])\1+/g, "$1");
}
