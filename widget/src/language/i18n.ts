import { createInstance, type BackendModule, type i18n, type Resource } from "i18next";
import { initReactI18next } from "react-i18next";
import type { Language } from "@mindminder/protocol/identity.ts";
import type { assemblyEn } from "./assembly-en.ts";
import type { en } from "./en.ts";
import type { hostPageEn } from "./host-page-en.ts";
import type { recordedEn } from "./recorded-en.ts";

declare module "i18next" {
  // biome-ignore lint/style/useConsistentTypeDefinitions: it joins the library's own
  interface CustomTypeOptions {
    defaultNS: "widget";
    // What the host page says is not loaded by the widget.
    resources: {
      widget: typeof en & { readonly hostPage: typeof hostPageEn };
      assembly: typeof assemblyEn;
      recorded: typeof recordedEn;
    };
  }
}

/**
 * Maps the tag of a language, such as `ru-RU`, `ru_RU` or `RU`, to one of ours: Russian, Belarusian and Kazakh to
 * Russian, all others to English, which their readers more likely read.
 */
export function languageNamed(name: string): Language {
  return /^(ru|be|kk)\b/i.test(name.replace("_", "-")) ? "ru" : "en";
}

const SETTINGS = {
  ns: ["widget"],
  defaultNS: "widget",
  returnEmptyString: true,
  // React escapes what it shows.
  interpolation: { escapeValue: false },
} as const;

/** Makes i18next with all texts at hand, for callers that do not wait: tests, and the gallery. */
export function catalogueOf(resources: Resource, language: Language): i18n {
  const catalogue = createInstance();
  void catalogue.use(initReactI18next).init({ ...SETTINGS, lng: language, resources, initAsync: false });
  return catalogue;
}

/**
 * Reads each language's texts when they are first wanted: most people read one, and the other would be a tenth of what
 * is loaded.
 */
const byLanguage = (read: (language: Language) => Promise<object>): BackendModule => ({
  type: "backend",
  init: () => undefined,
  read(language, namespace, done) {
    const texts = (OF_PARTS[namespace] ?? read)(language as Language);
    // `true` makes i18next try again, up to five times.
    texts.then(
      (all) => done(null, all),
      (error: unknown) => done(error as Error, true),
    );
  },
});

export async function textsIn(language: Language) {
  return language === "ru" ? (await import("./ru.ts")).ru : (await import("./en.ts")).en;
}

/** Texts of a part that few pages have: they come when it asks for them. */
async function textsOfAssembly(language: Language) {
  return language === "ru"
    ? (await import("./assembly-ru.ts")).assemblyRu
    : (await import("./assembly-en.ts")).assemblyEn;
}

async function textsOfRecorded(language: Language) {
  return language === "ru"
    ? (await import("./recorded-ru.ts")).recordedRu
    : (await import("./recorded-en.ts")).recordedEn;
}

const OF_PARTS: { readonly [namespace in string]?: (language: Language) => Promise<object> } = {
  assembly: textsOfAssembly,
  recorded: textsOfRecorded,
};

/** Resolves with the texts of that language loaded; `changeLanguage` loads the other. */
export async function loadCatalogue(language: Language, read: typeof textsIn = textsIn): Promise<i18n> {
  const catalogue = createInstance();
  await catalogue
    .use(initReactI18next)
    .use(byLanguage(read))
    .init({
      ...SETTINGS,
      lng: language,
      supportedLngs: ["en", "ru"],
      fallbackLng: false,
      react: { useSuspense: false },
    });
  return catalogue;
}
