import { describe, expect, test } from "vitest";
import { CircleKind } from "../appservice/circle/kinds/words.ts";
import { en as botEn } from "../appservice/language/en.ts";
import { ru as botRu } from "../appservice/language/ru.ts";
import type { Language } from "../appservice/protocol/identity.ts";
import { allEn as widgetEn, allRu as widgetRu } from "../widget/src/language/all-texts.ts";
import { NEVER_SAID, WORDS } from "./words.ts";

type Texts = ReadonlyMap<string, string>;

/** Texts by the keys that the code uses; a plural by its last form. */
function textsOf(tree: object, path = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === "object" ? textsOf(value as object, `${path}${key}.`) : [[`${path}${key}`, String(value)]],
  );
}

const WIDGET: Readonly<Record<Language, Texts>> = { en: new Map(textsOf(widgetEn)), ru: new Map(textsOf(widgetRu)) };
const BOT: Readonly<Record<Language, Texts>> = { en: new Map(textsOf(botEn)), ru: new Map(textsOf(botRu)) };
const LANGUAGES = ["en", "ru"] as const;

/**
 * Keys of command words, which are left out: an old word stays understood when typed, though texts no longer use it.
 */
const typed = (key: string) => /^(command\.)?word\./.test(key);

function found(words: string, text: string): boolean {
  const escaped = words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\p{L}-])${escaped}(?!\\p{L})`, "iu").test(text);
}

const all = (language: Language): [string, string][] => [
  ...[...WIDGET[language]].map(([key, text]): [string, string] => [`widget ${key}`, text]),
  ...[...BOT[language]].filter(([key]) => !typed(key)).map(([key, text]): [string, string] => [`bot ${key}`, text]),
];

describe.each(LANGUAGES)("in the language %s", (language) => {
  test.each(WORDS)("$name.en is called so wherever it is named", ({ name, stem, widget = [], bot = [] }) => {
    const root = (stem?.[language] ?? name[language]).toLocaleLowerCase();
    expect(widget.length + bot.length).toBeGreaterThan(0);
    for (const [texts, keys] of [
      [WIDGET[language], widget],
      [BOT[language], bot],
    ] as const) {
      for (const key of keys) expect(texts.get(key)?.toLocaleLowerCase(), key).toContain(root);
    }
  });

  test("nothing has a name that another replaced, and nobody speaks as one would not", () => {
    const never = [...NEVER_SAID[language], ...WORDS.flatMap((word) => word.never?.[language] ?? [])];
    expect(
      all(language).flatMap(([key, text]) =>
        never.filter((words) => found(words, text)).map((words) => `${key}: “${words}” in “${text}”`),
      ),
    ).toEqual([]);
  });

  test("quotation marks, apostrophes and dots are those of print", () => {
    expect(
      all(language)
        .filter(([, text]) => /["']|\.\.\./.test(text))
        .map(([key]) => key),
    ).toEqual([]);
  });

  test("each kind of circle has one name", () => {
    const kinds = [...WIDGET[language]]
      .filter(([key]) => key.startsWith("theme.kind."))
      .map(([key, text]) => [key.slice("theme.kind.".length), text.toLocaleLowerCase()]);
    expect(kinds.length).toBe(CircleKind.options.length);
    for (const [kind, name] of kinds) expect(BOT[language].get(`kind.${kind}`), kind).toBe(name);
  });

  test("the bot names the widget's button as it stands on it", () => {
    const button = language === "en" ? `“${widgetEn.act.join}”` : `«${widgetRu.act.join}»`;
    for (const key of ["refusal.nobody-joined", "greeting.widget-added"])
      expect(BOT[language].get(key), key).toContain(button);
  });
});

test("in Russian a person is the subject of a sentence, and does not stand after a colon", () => {
  expect(all("ru").filter(([, text]) => /: \{\{(name|speaker|owner|who)\}\}/.test(text))).toEqual([]);
});

test("a word that is not to be used would be found, and a longer word is not taken for it", () => {
  expect([
    found("ход", "Ваш ход."),
    found("ход", "выход, ходит"),
    found("ring", "Out of the ring."),
    found("ring", "Bringing"),
  ]).toEqual([true, false, true, false]);
});
