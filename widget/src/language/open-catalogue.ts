import type { i18n } from "i18next";
import { ALL_RESOURCES } from "./all-texts.ts";
import { catalogueOf, languageNamed } from "./i18n.ts";

/** Both languages at once, for tests and the gallery; the widget loads the one it needs. */
export function openCatalogue(language: string): i18n {
  return catalogueOf(ALL_RESOURCES, languageNamed(language));
}
