import i18next from "i18next";
import type { Language } from "../protocol/identity.ts";
import { en } from "./en.ts";
import { ru } from "./ru.ts";

type WithoutPlural<K extends string> = K extends `${infer Base}_${"one" | "few" | "many" | "other"}` ? Base : K;

export type MessageKey = WithoutPlural<keyof typeof en>;

/** Says a message in one language. Values put in are plain text; escaping is up to the code that makes HTML of it. */
export type Translate = (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string;

const catalogue = i18next.createInstance();
await catalogue.init({
  resources: { en: { translation: en }, ru: { translation: ru } },
  fallbackLng: false,
  keySeparator: false,
  nsSeparator: false,
  returnEmptyString: true,
  interpolation: { escapeValue: false, skipOnVariables: true },
});

const said: Readonly<Record<Language, Translate>> = { en: translate("en"), ru: translate("ru") };

export function translateTo(language: Language): Translate {
  return said[language];
}

/** Looks up once what is said without values: a record says most of its words again with each change. */
function translate(language: Language): Translate {
  const t = catalogue.getFixedT(language);
  const plain = new Map<MessageKey, string>();
  return (key, values) => {
    if (values) return t(key, values);
    const known = plain.get(key) ?? t(key);
    plain.set(key, known);
    return known;
  };
}

/** `1:05`, or `1:02:05` from an hour on. */
export function clockTime(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** A date as people of the language write it. `date` is `YYYY-MM-DD`. */
export function dateIn(language: Language, date: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(
    new Date(`${date}T00:00:00Z`),
  );
}

/**
 * A day with its weekday, as short as it can be said; with its year where that is not `thisYear`. `date` is
 * `YYYY-MM-DD`.
 */
export function dayIn(language: Language, date: string, thisYear: number): string {
  const year = date.startsWith(`${thisYear}-`) ? {} : ({ year: "numeric" } as const);
  const written = new Intl.DateTimeFormat(localeOf(language), {
    weekday: "short",
    day: "numeric",
    month: "short",
    ...year,
    timeZone: "UTC",
  }).format(new Date(`${date}T00:00:00Z`));
  return written.replace(/^(\p{L}+), /u, "$1 ");
}

/**
 * Words the day, the beginning and the end of a meeting, with the day on which it ended if that is another. A server that keeps UTC says so: people read another time off
 * their clocks.
 */
export function spanIn(language: Language, from: number, to: number, timeZone: string): string {
  const days = new Intl.DateTimeFormat(localeOf(language), { day: "numeric", month: "short", timeZone });
  const time = new Intl.DateTimeFormat(localeOf(language), { hour: "2-digit", minute: "2-digit", timeZone });
  const [day, lastDay, began, ended] = [days.format(from), days.format(to), time.format(from), time.format(to)];
  const until = day !== lastDay ? ` – ${lastDay}, ${ended}` : ended === began ? "" : `–${ended}`;
  return `${day}, ${began}${until}${timeZone === "UTC" ? " UTC" : ""}`;
}

/** English is read on all continents: the day before the month, and 24 hours. */
function localeOf(language: Language): string {
  return language === "en" ? "en-GB" : language;
}
