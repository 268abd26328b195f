import { z } from "zod";
import { Instant, ParticipantId } from "../../../protocol/identity.ts";
import { type KindWords, typedMessage, type WrittenText } from "../kind-words.ts";

export type WritingData = { readonly written: readonly WrittenText[]; readonly textsShown: boolean };
const empty: WritingData = { written: [], textsShown: false };

/** Letters: all of a circle's texts stand in its snapshot. */
export const MOST_TEXT = 2_000;

/**
 * Circle of silent writing: everybody writes and nobody is heard; then all texts are shown at once, and the word goes
 * round.
 */
export const silentWritingWords = {
  folder: "silent-writing",
  stages: { writing: { word: "nobody", seats: true } },
  requests: [z.object({ type: z.literal("write"), text: z.string().max(MOST_TEXT), finished: z.boolean() })],
  events: [
    /** Text that somebody writes in silence; a later one replaces it. Nobody sees it before `texts-shown`. */
    z.object({
      type: z.literal("text-written"),
      at: Instant,
      who: ParticipantId,
      text: z.string(),
      finished: z.boolean(),
      message: typedMessage,
    }),
    z.object({ type: z.literal("texts-shown"), at: Instant }),
  ],
  shown: {
    /** Texts written in silence, once they are shown. */
    texts: z.array(z.object({ who: ParticipantId, text: z.string() })),
  },
  nothing: { texts: [] },
  refusals: [],
  mine: {
    /** Text of one's own, so that a reload loses nothing; null: nothing, or not now. */
    text: z
      .object({ circle: z.number().int().nonnegative(), text: z.string(), finished: z.boolean() })
      .nullable()
      .default(null),
  },
  empty,
  page: "in `silent-writing` everybody writes and nobody is heard until all have finished or the time is over, then all texts are shown at once and the word goes round",
} as const satisfies KindWords;
