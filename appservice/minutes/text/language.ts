import type { Language } from "../../protocol/identity.ts";
import type { Utterance } from "../../protocol/meeting-record.ts";
import { spokenText } from "./sentences.ts";

/**
 * Language of most of the words. Their letters decide, because an engine may name a language and still write another;
 * where they do not (digits, nothing said), the engine's language, then the meeting's.
 */
export function languageOf(utterances: readonly Utterance[], meeting: Language): Language {
  const weight: Record<Language, number> = { en: 0, ru: 0 };
  for (const utterance of utterances) {
    const text = spokenText(utterance);
    weight.ru += text.match(/\p{Script=Cyrillic}+/gu)?.length ?? 0;
    weight.en += text.match(/\p{Script=Latin}+/gu)?.length ?? 0;
  }
  if (weight.ru === weight.en) {
    for (const { language } of utterances) if (language === "ru" || language === "en") weight[language] += 1;
  }
  if (weight.ru === weight.en) return meeting;
  return weight.ru > weight.en ? "ru" : "en";
}
