import { STOPWORDS } from "../../text/stopwords.ts";
import { stem, words } from "../../text/words.ts";
import { isDay } from "./days.ts";
import { isNumber } from "./numbers.ts";

/** Words by which a report speaks of talking, not of what was talked about: nobody need have said them. */
const REPORTING: ReadonlySet<string> = new Set(
  `said says say told tell tells asked ask asks wants want wanted suggests suggest suggested proposes proposed propose thinks think decided
  decide decides agreed agrees agree plans plan planned needs need needed promised promises promise reports reported notes noted mentioned mentions
  offered offers offer objects objected object supports supported support confirmed confirms explained explains found believes since due
  meeting participants participant everyone everybody people group team will would should could whether although instead take takes place takes still also both
  сказал сказала сказали сообщил сообщила сообщает говорит просит попросил попросила просят хочет хотел хотела предлагает предложил предложила
  предложили предложение считает решили решил решила решено договорились согласился согласилась согласились согласен согласна согласны планирует
  нужно нужны нужен нужна надо обещает обещал обещала возражает возразил возразила поддержал поддержала поддерживает поддержали отметил
  отметила упомянул рассказал рассказала участник участники встреча пообещал пообещала будут пройдет слишком ней нему просьбе также`.split(
    /\s+/,
  ),
);

export type Content = { readonly word: string; readonly stem: string };

/** Words of a text that carry what it says: no names, numbers or days, which are looked at by themselves. */
export function contentOf(text: string): Content[] {
  return words(text)
    .filter(
      (word) => word.length > 2 && !STOPWORDS.has(word) && !REPORTING.has(word) && !isNumber(word) && !isDay(word),
    )
    .map((word) => ({ word, stem: stem(word) }));
}

/** Least letters that the beginnings of two forms of one word share. */
const LEAST_SHARED = 4;
const SHARE_OF_SHORTER = 0.75;

/** Tells whether two words are forms of one, by stem or by a long beginning that they share («подписан», «подписали»). */
export function alike(one: Content, other: Content): boolean {
  if (one.stem === other.stem) return true;
  const shortest = Math.min(one.stem.length, other.stem.length);
  const least = Math.max(LEAST_SHARED, Math.ceil(SHARE_OF_SHORTER * Math.max(shortest, 1)));
  return one.word.length >= least && one.word.slice(0, least) === other.word.slice(0, least);
}
