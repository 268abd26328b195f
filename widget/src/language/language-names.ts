import type { Language } from "@mindminder/protocol/identity.ts";

/** Names of the languages, each in its own words, so that people who read no other find it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: "English", ru: "Русский" };
