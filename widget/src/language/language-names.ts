import type { Language } from "@mindminder/protocol/identity.ts";

/** Each language in its own words, so that it is found by whoever reads no other. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: "English", ru: "Русский" };
