import { expect, test } from "vitest";
import { languageNamed } from "./i18n.ts";
import { ALL_RESOURCES } from "./all-texts.ts";
import { openCatalogue } from "./open-catalogue.ts";

const en = { ...ALL_RESOURCES.en.widget, assembly: ALL_RESOURCES.en.assembly };
const ru = { ...ALL_RESOURCES.ru.widget, assembly: ALL_RESOURCES.ru.assembly };

const PLURAL = /_(zero|one|two|few|many|other)$/;

function keysOf(tree: object, path = ""): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "object" ? keysOf(value as object, `${path}${key}.`) : [`${path}${key}`],
  );
}

function textsOf(tree: object): string[] {
  return Object.values(tree).flatMap((value) =>
    typeof value === "object" ? textsOf(value as object) : [String(value)],
  );
}

const withoutPlural = (keys: string[]) => [...new Set(keys.map((key) => key.replace(PLURAL, "")))].sort();

test("both languages say the same things", () => {
  expect(withoutPlural(keysOf(ru))).toEqual(withoutPlural(keysOf(en)));
});

test("both languages speak of the same names and numbers", () => {
  const slots = (tree: object, key: string) => {
    const text = key.split(".").reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], tree);
    return [...String(text).matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
  };
  const shared = keysOf(en).filter((key) => keysOf(ru).includes(key));
  for (const key of shared) expect([key, ...slots(ru, key)]).toEqual([key, ...slots(en, key)]);
});

test("each plural has every form its language needs", () => {
  for (const [language, tree] of [
    ["en", en],
    ["ru", ru],
  ] as const) {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const plurals = withoutPlural(keysOf(tree).filter((key) => PLURAL.test(key)));
    for (const key of plurals) for (const form of needed) expect(keysOf(tree)).toContain(`${key}_${form}`);
  }
});

test("no Russian text was left in English", () => {
  const plain = textsOf(ru).filter((text) => text !== "" && !/[а-яё]/i.test(text));
  expect(plain.filter((text) => !/^\{\{name\}\}$/.test(text))).toEqual([
    ru.help.keyName.escape,
    ru.help.keyName.tab,
    ru.help.keyName.m,
    ru.help.keyName.question,
    ru.hostPage.brand,
    ru.hostPage.otherLanguage,
  ]);
});

test("Russian counts minutes as Russians do", () => {
  const { t } = openCatalogue("ru-RU");
  expect(t("ring.yourTurnIn", { count: 1 })).toBe("Ваша очередь примерно через 1 минуту");
  expect(t("ring.yourTurnIn", { count: 3 })).toBe("Ваша очередь примерно через 3 минуты");
  expect(t("ring.yourTurnIn", { count: 11 })).toBe("Ваша очередь примерно через 11 минут");
});

test("a client's name for a language finds ours", () => {
  expect(["ru", "ru-RU", "ru_RU", "en-GB", "de", ""].map(languageNamed)).toEqual(["ru", "ru", "ru", "en", "en", "en"]);
});
