import { z } from "zod";
import type { Language } from "../../protocol/identity.ts";
import { askForList } from "../llm/ask-for-list.ts";
import type { Llm } from "../llm/llm.ts";
import { LlmError } from "../llm/llm-error.ts";
import { promptsIn } from "../llm/prompts/prompts.ts";
import { chunked, shown, tokensOf } from "../llm/transcript.ts";
import type { Translated } from "../plugin.ts";

/** Tokens of the texts in one question; more of them, and small models confuse their numbers. */
const AT_ONCE = 600;
/** Part of the model's window that a text may take: its translation takes as much, and the instructions some. */
const OF_WINDOW = 0.3;
const LONGEST = 4_000;

/**
 * Puts texts into another language. One that is in it already, and one whose translation is not in it, lost a number or
 * is far too short or long, has none: what was said stands there anyway.
 */
export async function translateTexts(
  texts: readonly string[],
  to: Language,
  llm: Llm,
  signal: AbortSignal,
): Promise<Translated> {
  const translated = new Map<string, string>();
  const wanted = [...new Set(texts)].filter((text) => isForeign(text, to));
  const most = Math.min(AT_ONCE, llm.contextTokens * OF_WINDOW);
  const whole = wanted.filter((text) => tokensOf(text) <= llm.contextTokens * OF_WINDOW);
  const lines = whole.map((text) => ({ from: [text], speaker: "", text }));
  const done = (failed: Translated["failed"]): Translated => ({
    texts: texts.map((text) => translated.get(text) ?? null),
    model: translated.size > 0 ? llm.model : null,
    failed: translated.size > 0 ? null : failed,
  });
  try {
    for (const group of chunked(
      lines,
      Math.max(most, ...whole.map((text) => tokensOf(shown([{ from: [], speaker: "", text }])))),
    )) {
      const found = await askForList(
        llm,
        {
          system: promptsIn(to).translation,
          user: promptsIn(to).transcript(shown(group)),
          form: {
            key: "translations",
            element: z.object({ n: z.number().int(), text: z.string().max(LONGEST) }),
            most: group.length,
          },
          answerTokens: 60 + group.reduce((sum, { text }) => sum + 20 + 3 * tokensOf(text), 0),
        },
        signal,
      );
      for (const { n, text } of found) {
        const said = group[n - 1]?.text;
        if (said !== undefined && !translated.has(said) && isTranslation(text, said, to))
          translated.set(said, text.trim());
      }
    }
  } catch (error) {
    return done(error instanceof LlmError && error.failure === "spent" ? "tokens-spent" : "model-failed");
  }
  return done(wanted.length === 0 ? null : "model-failed");
}

/** Tells whether most words of a text are in the letters of the other language. */
function isForeign(text: string, to: Language): boolean {
  const [cyrillic, latin] = [
    text.match(/\p{Script=Cyrillic}+/gu)?.length ?? 0,
    text.match(/\p{Script=Latin}+/gu)?.length ?? 0,
  ];
  return to === "ru" ? latin > cyrillic : cyrillic > latin;
}

/** Tells whether a text can be the other in that language, as far as can be seen without understanding either. */
function isTranslation(text: string, said: string, to: Language): boolean {
  const hasLetters = /\p{L}/u.test(text);
  const numbers = (of: string) => (of.match(/\d+/g) ?? []).sort().join();
  const isOfLength = text.length <= 3 * said.length + 40 && text.length >= said.length / 4;
  return hasLetters && !isForeign(text, to) && isOfLength && numbers(text) === numbers(said);
}
