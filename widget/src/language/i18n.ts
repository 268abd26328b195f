import { createInstance, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import type { Language } from "../../../appservice/protocol/identity.ts";
import { en } from "./en.ts";
import { ru } from "./ru.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "widget";
    resources: { widget: typeof en };
  }
}

/** `ru-RU`, `ru_RU` and `RU` are Russian; whoever reads neither language is more likely to read English. */
export function languageNamed(name: string): Language {
  return /^(ru|be|kk)\b/i.test(name.replace("_", "-")) ? "ru" : "en";
}

export function openCatalogue(language: string): i18n {
  const catalogue = createInstance();
  void catalogue.use(initReactI18next).init({
    lng: languageNamed(language),
    fallbackLng: "en",
    ns: ["widget"],
    defaultNS: "widget",
    resources: { en: { widget: en }, ru: { widget: ru } },
    initAsync: false,
    // React escapes what it shows.
    returnEmptyString: true,
  interpolation: { escapeValue: false },
  });
  return catalogue;
}
