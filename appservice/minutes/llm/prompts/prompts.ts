import type { Language } from "../../../protocol/identity.ts";
import { en } from "./en.ts";
import { ru } from "./ru.ts";
import type { Prompts } from "./prompt-texts.ts";

export function promptsIn(language: Language): Prompts {
  return language === "ru" ? ru : en;
}
