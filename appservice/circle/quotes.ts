import { z } from "zod";
import { ParticipantId } from "../protocol/identity.ts";
import type { Plan } from "./scenario.ts";

/** Stands where words were: that somebody gave some stays known. */
export const NO_WORDS = "—";

/** Words of somebody as they stand in the topic and the plan of a meeting that another began. */
export const Quote = z.object({ by: ParticipantId, words: z.string() });
export type Quote = z.infer<typeof Quote>;

type Quoting = { readonly topic: string; readonly plan: Plan; readonly quotes?: readonly Quote[] | undefined };

/**
 * Topic and plan without the words of somebody. A text in which they overlap with other words goes whole; so does one
 * in which an earlier version left a rest of them, beside words of another that it took out.
 */
export function withoutQuotesOf<Q extends Quoting>(quoting: Q, who: ParticipantId): Q {
  const all = (quoting.quotes ?? []).filter(({ words }) => words !== NO_WORDS && words !== "");
  const said = new Set(all.flatMap(({ by, words }) => (by === who ? [words] : [])));
  if (said.size === 0) return quoting;
  const words = new Set(all.map((quote) => quote.words));
  const clean = (text: string) =>
    doOverlap(text, said, words) || holdsRestOf(text, said)
      ? NO_WORDS
      : [...said].reduce((rest, each) => textWithout(rest, each), text);
  return {
    ...quoting,
    topic: clean(quoting.topic),
    plan: planIn(quoting.plan, clean),
    quotes: quoting.quotes?.map((quote) => (quote.by === who ? { by: who, words: NO_WORDS } : quote)),
  };
}

/** Removes words from the themes of a plan, which were worded with them. */
export function planWithout(plan: Plan, words: string): Plan {
  return words === "" ? plan : planIn(plan, (text) => textWithout(text, words));
}

function planIn(plan: Plan, change: (text: string) => string): Plan {
  // Keys keep their order: what is sealed is found by comparing.
  const circles = plan.circles.map((circle) => ({
    ...circle,
    theme: change(circle.theme),
    ...(circle.themes && { themes: { en: change(circle.themes.en), ru: change(circle.themes.ru) } }),
  }));
  return { ...plan, circles };
}

export function textWithout(text: string, words: string): string {
  return text.replaceAll(words, NO_WORDS);
}

/**
 * Tells whether some of these words share letters of a text with others: taken out alone they would leave a rest of
 * those.
 */
function doOverlap(text: string, some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  const others = [...all].flatMap((words) => placesIn(text, words).map((at) => ({ at, words })));
  return others.some(({ at: from, words: one }) => {
    if (!some.has(one)) return false;
    return others.some(({ at, words: other }) => other !== one && at < from + one.length && from < at + other.length);
  });
}

function holdsRestOf(text: string, some: ReadonlySet<string>): boolean {
  const rests = text.split(NO_WORDS).map((rest) => rest.trim());
  return rests.length > 1 && rests.some((rest) => rest !== "" && [...some].some((words) => words.includes(rest)));
}

function placesIn(text: string, words: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + 1)) places.push(at);
  return places;
}
