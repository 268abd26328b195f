import { createHash } from "node:crypto";
import type { Translate } from "../language/translate.ts";
import { Language } from "../protocol/identity.ts";
import type { Purpose, PurposeText } from "../protocol/purposes.ts";

/** Counts up when a sentence changes its meaning: who agreed to an earlier one is asked anew. */
const WORDING: { readonly [purpose in Purpose]: number } = { write: 1, sound: 1, improve: 1, publish: 1 };

/** Version of the sentence that people are shown on a purpose today. */
export const wordingOf = (purpose: Purpose): number => WORDING[purpose];

/** Sentence on a purpose in one language, with its hash. */
export type PurposeSentence = PurposeText & { readonly text: string };

export type PurposeSentences = {
  readonly [purpose in Purpose]: {
    readonly offered: boolean;
    /** A yes counts only to this very sentence, in any language. */
    readonly exact: boolean;
    readonly in: { readonly [language in Language]: PurposeSentence };
  };
};

type Offer = { readonly offered: boolean; readonly exact?: boolean; readonly say: (t: Translate) => string };

/** Sentences that people of this service are shown, one for each purpose. */
export function purposeSentences(
  offers: { readonly [purpose in Purpose]: Offer },
  translateTo: (language: Language) => Translate,
): PurposeSentences {
  const sentence = (purpose: Purpose, language: Language): PurposeSentence => {
    const text = offers[purpose].say(translateTo(language));
    return { text, version: WORDING[purpose], hash: createHash("sha256").update(text).digest("hex") };
  };
  const of = (purpose: Purpose) => ({
    offered: offers[purpose].offered,
    exact: offers[purpose].exact ?? false,
    in: { en: sentence(purpose, "en"), ru: sentence(purpose, "ru") },
  });
  return { write: of("write"), sound: of("sound"), improve: of("improve"), publish: of("publish") };
}

/** The same sentence in all languages, for whoever answers in one of them. */
export function textsOf(sentences: PurposeSentences, purpose: Purpose): PurposeText[] {
  return Language.options.map((language) => {
    const { version, hash } = sentences[purpose].in[language];
    return { version, hash };
  });
}
