import { z } from "zod";
import { Language, MeetingId } from "./identity.ts";

/**
 * Reasons for which nothing is translated: no model, not in encrypted rooms, the meeting has cost enough, or the model
 * failed.
 */
export const TranslationFailure = z.enum(["no-model", "encrypted", "tokens-spent", "model-failed"]);
export type TranslationFailure = z.infer<typeof TranslationFailure>;

/** Most texts, and letters of one, in a request. */
const [MOST_TEXTS, MOST_LETTERS] = [20, 2_000];

/** Texts of the record of a meeting, word for word, which a person wants to read in another language. */
export const TranslationRequest = z.object({
  meeting: MeetingId,
  to: Language,
  texts: z.array(z.string().min(1).max(MOST_LETTERS)).min(1).max(MOST_TEXTS),
});

/** Each text in that language; null: it is in that language, is none of the record's, or could not be translated. */
export const TranslationResponse = z.object({
  texts: z.array(z.string().nullable()),
  /** Model that wrote them; null: none did. */
  model: z.string().nullable(),
  failed: TranslationFailure.nullable(),
});
