import { assemblyEn } from "./assembly-en.ts";
import { assemblyRu } from "./assembly-ru.ts";
import { en } from "./en.ts";
import { hostPageEn } from "./host-page-en.ts";
import { hostPageRu } from "./host-page-ru.ts";
import { recordedEn } from "./recorded-en.ts";
import { recordedRu } from "./recorded-ru.ts";
import { ru } from "./ru.ts";

/** Texts of the widget, and of the page that hosts it without a client. */
export const allEn = { ...en, hostPage: hostPageEn };
export const allRu = { ...ru, hostPage: hostPageRu };

/** Texts by what i18next calls them, for callers that have all at hand. */
export const ALL_RESOURCES = {
  en: { widget: allEn, assembly: assemblyEn, recorded: recordedEn },
  ru: { widget: allRu, assembly: assemblyRu, recorded: recordedRu },
};
