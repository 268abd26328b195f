import { z } from "zod";
import { ParticipantId } from "../protocol/identity.ts";
import type { Plan } from "./scenario.ts";

/** Stands where words were: that somebody gave some stays known. */
export const NO_WORDS = "—";

/** Words of somebody as they stand in the topic and the plan of a meeting that another began. */
export const Quote = z.object({ by: ParticipantId, words: z.string() });
export type Quote = z.infer<typeof Quote>;

type Quoting = { readonly topic: string; readonly plan: Plan; readonly quotes?: readonly Quote[] | undefined };

/** Topic and plan without the words of somebody. */
export function withoutQuotesOf<Q extends Quoting>(quoting: Q, who: ParticipantId): Q {
  const said = (quoting.quotes ?? []).filter(({ by, words }) => by === who && words !== NO_WORDS);
  if (said.length === 0) return quoting;
  const clean = (text: string) => said.reduce((rest, { words }) => textWithout(rest, words), text);
  return {
    ...quoting,
    topic: clean(quoting.topic),
    plan: said.reduce((plan, { words }) => planWithout(plan, words), quoting.plan),
    quotes: quoting.quotes?.map((quote) => (quote.by === who ? { by: who, words: NO_WORDS } : quote)),
  };
}

/** Removes words from the themes of a plan, which were worded with them. */
export function planWithout(plan: Plan, words: string): Plan {
  if (words === "") return plan;
  // Keys keep their order: what is sealed is found by comparing.
  const circles = plan.circles.map((circle) => ({
    ...circle,
    theme: textWithout(circle.theme, words),
    ...(circle.themes && {
      themes: { en: textWithout(circle.themes.en, words), ru: textWithout(circle.themes.ru, words) },
    }),
  }));
  return { ...plan, circles };
}

export function textWithout(text: string, words: string): string {
  return text.replaceAll(words, NO_WORDS);
}
