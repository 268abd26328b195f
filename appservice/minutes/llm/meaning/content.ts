import { remembered } from "../../../language/remembered.ts";
import { STOPWORDS } from "../../text/stopwords.ts";
import { stem, words } from "../../text/words.ts";
import { isDay } from "./days.ts";
import { isNumber } from "./numbers.ts";

/** Words by which a report speaks of talking, not of what was talked about: nobody need have said them. */
const REPORTING: ReadonlySet<string> = new Set(
  `said says say told tell tells asked ask asks wants want wanted suggests suggest suggested proposes proposed propose thinks think decided
  decide decides agreed agrees agree plans plan planned needs need needed promised promises promise reports reported notes noted mentioned mentions
  offered offers offer objects objected object supports supported support confirmed confirms explained explains found believes since due
  against prefers prefer costs cost suits suit except otherwise stays stay remains remain proposal proposals idea opinion give gives given become becomes
  meeting participants participant everyone everybody people group team will would should could whether although instead take takes place takes still also both
  сказал сказала сказали сообщил сообщила сообщает говорит просит попросил попросила просят хочет хотел хотела предлагает предложил предложила
  предложили предложение считает решили решил решила решено договорились согласился согласилась согласились согласен согласна согласны планирует
  нужно нужны нужен нужна надо обещает обещал обещала возражает возразил возразила против хотят хотела хотели думает думают будет будем был была было были станет станут сделать сделает сделают делать
  дать даст дадут получит получат получить стоит стоят мнение мнению поддержал поддержала поддерживает поддержали отметил
  отметила упомянул рассказал рассказала участник участники встреча пообещал пообещала будут пройдет слишком ней нему просьбе также`.split(
    /\s+/,
  ),
);

/** `root`: the stem without the beginning by which Russian verbs differ that tell of one thing. */
export type Content = { readonly word: string; readonly stem: string; readonly root: string };

/** Words of which writers take one for another, each group as the same word. */
const SAME_MEANING: ReadonlyMap<string, string> = new Map(
  `call ring phone telephone|fix repair mend|buy purchase|child kid children|photo picture|begin start|finish complete|send mail|hire rent|
  quick fast|old-fashioned outdated|trip journey|meeting session|broken broke broken-down|room hall|money funds|job work|free gratis|car vehicle|
  позвонить обзвонить созвониться звонить|починить отремонтировать исправить чинить|купить приобрести закупить покупать|отправить послать прислать выслать
  отправлять|ребенок дети ребята детей|деньги средства|начать начинать приступить|закончить завершить доделать|квартира жилье|машина автомобиль|
  картинка изображение|показать продемонстрировать|дорогой дорого|дешево дешевый|сломался сломался испортился|найти отыскать искать поискать|
  взять забрать брать|сказать сообщить`
    .split("|")
    .flatMap((group) => {
      const [first = "", ...others] = group.trim().split(/\s+/);
      return [first, ...others].map((word): [string, string] => [stem(word), stem(first)]);
    }),
);

/** Words of a text that carry what it says: no names, numbers or days, which are looked at by themselves. */
export function contentOf(text: string): Content[] {
  return words(text)
    .filter(
      (word) => word.length > 2 && !STOPWORDS.has(word) && !REPORTING.has(word) && !isNumber(word) && !isDay(word),
    )
    .map(contentFrom);
}

/** Least letters that the beginnings of two forms of one word share. */
const LEAST_SHARED = 4;
const SHARE_OF_SHORTER = 0.75;

/**
 * Tells whether two words are forms of one, by stem or by a long beginning that they share («подписан», «подписали»).
 */
export function alike(one: Content, other: Content): boolean {
  if (one.stem === other.stem || one.root === other.root) return true;
  const shortest = Math.min(one.stem.length, other.stem.length);
  const least = Math.max(LEAST_SHARED, Math.ceil(SHARE_OF_SHORTER * Math.max(shortest, 1)));
  return one.word.length >= least && one.word.slice(0, least) === other.word.slice(0, least);
}

/** Beginnings by which Russian verbs differ that tell of one thing: «ставим», «поставят». */
const PREFIX = /^(?:пере|при|под|раз|рас|воз|вос|вы|до|за|из|на|об|от|по|про|с|у|о)(?=\p{Script=Cyrillic}{4})/u;

export const contentFrom = remembered(
  (word: string): Content => {
    const found = stem(word);
    const same = SAME_MEANING.get(found) ?? found;
    return { word, stem: same, root: same.replace(PREFIX, "") };
  },
  (word) => word,
);
