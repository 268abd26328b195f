import type { i18n } from "i18next";
import { en } from "./en.ts";
import { catalogueOf, languageNamed } from "./i18n.ts";
import { ru } from "./ru.ts";

/** Both languages at once, for tests and the gallery; the widget loads the one it needs. */
export function openCatalogue(language: string): i18n {
  return catalogueOf({ en: { widget: en }, ru: { widget: ru } }, languageNamed(language));
}
