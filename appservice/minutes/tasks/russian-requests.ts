import type { NameAt } from "../../language/names/names.ts";
import { withoutEnd } from "../../protocol/without-end.ts";
import { normalise } from "../text/words.ts";
import type { AskedWork } from "./asked-work.ts";
import { isInfinitiveOfWork, isSaidToOne, verbForm } from "./russian-verbs.ts";

type Word = { readonly text: string; readonly start: number; readonly end: number };

/** Words between a name and the verb that say nothing of the work. */
const BETWEEN = new Set(
  "а и ты тогда еще пожалуйста тоже там вот давай ну потом сначала может же бы ли заодно".split(" "),
);
const CAN = new Set(
  "можешь сможешь мог могла смог смогла успеешь возьмешься попробуешь сумеешь готов готова согласен согласна".split(
    " ",
  ),
);
const MUST = new Set("надо нужно стоит следует забудь".split(" "));
/** Most words between a name and the verb. */
const NEAR = 7;

/**
 * Finds what somebody is asked to do, in a question or by name, and what is said to need doing by nobody in particular.
 */
export function russianRequest(sentence: string, names: readonly NameAt[]): AskedWork | null {
  const said = normalise(sentence);
  const words = [...said.matchAll(/[\p{L}\p{N}-]+/gu)].map(
    (match): Word => ({ text: match[0], start: match.index, end: match.index + match[0].length }),
  );
  const end = withoutEnd(said, /[\s?.!]/u).length;
  for (const name of names.slice(0, MOST_NAMES)) {
    const request = byName(said, words, name, end);
    if (request) return request;
  }
  return toAnybody(said, words, end);
}

/** Most names of a sentence that are looked at: nobody calls more people to one thing. */
const MOST_NAMES = 4;

function byName(said: string, words: readonly Word[], name: NameAt, end: number): AskedWork | null {
  const wanted = /(?:надо|нужно|хорошо бы|хочу|хотел(?:а|ось)? бы|попрошу|прошу),? чтобы? $/u.test(
    said.slice(0, name.start),
  );
  const wantedVerb = wanted ? words.find(({ start, text }) => start > name.end && isPast(text)) : undefined;
  if (wantedVerb) return { person: name.person, titleFrom: wantedVerb.start, end: endOf(said, end, wantedVerb.end) };
  const isCalled = name.cases.includes("nominative");
  const isLast = name.end === end;
  const after =
    isLast && isCalled ? words.slice(0, NEAR) : words.filter(({ start }) => start >= name.end).slice(0, NEAR);
  const until = endOf(said, isLast ? name.start : end, after.at(0)?.start ?? 0);
  const ask = after.findIndex(({ text }) => CAN.has(text) || MUST.has(text));
  const verb = (from: number, fits: (text: string) => boolean) => after.slice(from).find(({ text }) => fits(text));
  const lead = after.slice(0, Math.max(0, ask));
  if (ask >= 0 && lead.every(({ text }) => BETWEEN.has(text) || /^(?:не|тебе)$/u.test(text))) {
    const must = MUST.has(after[ask]!.text);
    const work = verb(ask + 1, isInfinitiveOfWork);
    const isFor = isCalled || (must && name.cases.includes("dative"));
    if (work && isFor && (!must || after[ask]!.text === "забудь" || !/\?/u.test(said)))
      return { person: name.person, titleFrom: after[ask]!.end + skipped(said, after[ask]!.end), end: until };
  }
  if (!isCalled) return null;
  const first = after.find(({ text }) => !BETWEEN.has(text));
  if (!first) return null;
  const wish =
    after.slice(0, after.indexOf(first)).some(({ text }) => text === "бы") || said.startsWith(" бы", first.end);
  if (wish && isPast(first.text)) return { person: name.person, titleFrom: first.start, end: until };
  if (!isLast && isCommand(first.text) && !said.slice(name.end, first.start).includes(" и "))
    return { person: name.person, titleFrom: first.start, end: until };
  if (isLast && isCommand(words[0]?.text ?? "") && words.length > 2)
    return { person: name.person, titleFrom: words[0]!.start, end: until };
  const asked = after.find(({ text }) => isSaidToOne(text));
  return asked ? { person: name.person, titleFrom: name.end + skipped(said, name.end), end: until, weak: true } : null;
}

const OPEN =
  /(?<!\p{L})(?:(?:надо|нужно|необходимо)(?: бы)?(?: кому-то| кому-нибудь| еще| срочно| как-то)?|(?:кому-то|кому-нибудь) (?:надо|нужно)(?: бы)?|(?:кто-то|кто-нибудь) (?:должен|может|мог бы)|кто (?:может|сможет|мог бы|готов|хочет|возьмется)|хорошо бы|неплохо бы|давайте) (?=\p{L})/u;

function toAnybody(said: string, words: readonly Word[], end: number): AskedWork | null {
  const open = OPEN.exec(said);
  if (open && !/(?<!\p{L})мне (?:надо|нужно)/u.test(said)) {
    const titleFrom = open.index + open[0].length;
    const next = words.filter(({ start }) => start >= titleFrom).slice(0, NEAR);
    if (next.some(({ text }) => isInfinitiveOfWork(text)))
      return { person: undefined, titleFrom, end: endOf(said, end, titleFrom) };
  }
  const who = /(?<!\p{L})кто (?:\p{L}+ )?(?=\p{L})/u.exec(said);
  const verb = who ? words.find(({ start, text }) => start > who.index && verbForm(text)?.form === "they") : undefined;
  return verb ? { person: undefined, titleFrom: who!.index + "кто ".length, end: endOf(said, end, verb.end) } : null;
}

function isCommand(text: string): boolean {
  return verbForm(text)?.form === "imperative" || (COMMAND.test(text) && !NO_COMMAND.test(text));
}

/** Imperatives by a prefix and their ending. */
const COMMAND =
  /^(?:вы|за|на|об|от|пере|по|под|при|про|раз|рас|с|до|из|ис|у)\p{L}{2,10}(?:ай|яй|уй|авь|овь|сь|дь|ши|жи|ни|ди|ри|ти|си|зи)(?:те)?$/u;
const NO_COMMAND =
  /^(?:запис|подпис|роспис|пропис|подожди|погоди|прости|извини|скажи|подскажи|посиди|приходи|проходи|заходи|продолжай|начинай|давай|завершай|случай|урожай|площадь|очередь|сети|пути|связи|сыграй)/u;

function isPast(text: string): boolean {
  return /(?:[аеияуо])л[аи]?$/u.test(text) && text.length > 4;
}

function skipped(said: string, from: number): number {
  return /^(?:[\s,]|(?:ты|ли|бы|пожалуйста|а)(?!\p{L}))*/u.exec(said.slice(from))?.[0].length ?? 0;
}

function endOf(said: string, end: number, from: number): number {
  const next = /[?;]|,? (?:потому|но|а то)(?!\p{L})|, (?:я|мы|это|а)(?!\p{L})/u.exec(said.slice(from, end));
  return next ? from + next.index : end;
}
