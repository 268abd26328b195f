import type { ParticipantId } from "../../../protocol/identity.ts";
import { alike, type Content, contentOf } from "./content.ts";
import { isAsking } from "./polarity.ts";
import { words } from "../../text/words.ts";
import type { NamedText, Namer, SaidLine } from "./names.ts";

const ASKS =
  /^\s*(?:(?:also|has|have|had|then|также|тоже)\s+)?(?:ask(?:s|ed)?|wants?|wanted|requests?|requested|tells?|told|reminds?|reminded|прос(?:ит|ят)|попросил[аи]?|просил[аи]?|поручает|поручил[аи]?|напоминает|напомнил[аи]?)(?!\p{L})/u;
const AGREES =
  /^\s*(?:(?:has|have|also|также)\s+)?(?:support(?:s|ed)?|agree(?:s|d)? with|second(?:s|ed)|поддержива(?:ет|ют)|поддержал[аи]?|соглас(?:ен|на|ны|ился|илась) с)(?!\p{L})/u;
/** Word after a name by which a speaker turns to that person, and before one. */
const TURNED_TO =
  /^[\s,]*(?:please|can you|could you|would you|will you|you|need you|i need you|i'd like you|did you|do you|и|ну|а|ты|тебе|пожалуйста|сможешь|можешь|дай|позвони|пришли|найди|составь|проверь|поищи|узнай|ответь|\p{L}{2,14}(?:и|й|ь|шь|те)(?=[\s.,!?]|$))/iu;

/**
 * Person that a line turns to with something to do: named at its beginning or its end, or just before a request. Null:
 * it turns to nobody.
 */
export function turnedTo({ speaker, text }: SaidLine, namer: Namer): ParticipantId | null {
  for (const { start, end, person } of namer(text).at) {
    if (person === null || person === speaker) continue;
    const before = text.slice(0, start).split(/[.!?]/).at(-1) ?? "";
    const opens = before.trim().split(/\s+/).filter(Boolean).length <= 2;
    if (opens && TURNED_TO.test(text.slice(end))) return person;
    if (/(?:could you|can you|would you|will you|please|мог(?:ла)? бы|пожалуйста)[\s,]*$/iu.test(before)) return person;
  }
  return null;
}

/** Clauses of a claim that begin with somebody, each with what is said of them. */
export function clausesOf(claim: string, named: NamedText): { person: ParticipantId; text: string }[] {
  return named.at.flatMap(({ start, end, person }, i) => {
    const before = claim.slice(0, start);
    const begins = /(?:^|[.;:,]|(?:^|[\s,])(?:and|but|that|while|so|и|а|но|что))\s*$/iu.test(before);
    if (!begins || person === null) return [];
    const next = named.at
      .slice(i + 1)
      .find((other) => /(?:[.;,]|(?:^|\s)(?:and|but|и|а|но))\s*$/iu.test(claim.slice(end, other.start)));
    return [{ person, text: claim.slice(end, next?.start ?? claim.length) }];
  });
}

/**
 * Tells whether a claim gives somebody another's part: it has one do what only another said or was asked to do, ask
 * whom they did not turn to, or agree with whoever agreed with them.
 */
export function swapsRoles(claim: string, lines: readonly SaidLine[], namer: Namer): boolean {
  const named = namer(claim);
  return clausesOf(claim, named).some(({ person, text }) => {
    const others = namer(text).people;
    const other = others[0] ?? null;
    if (ASKS.test(text) && other !== null)
      return !lines.some((line, i) => asks(person, other, line, lines[i + 1], namer));
    const wish = /(?:по просьбе|at the request of|as asked by)\s+$/iu;
    const asker = namer(text).at.find(({ start }) => wish.test(text.slice(0, start)))?.person ?? null;
    if (asker !== null) return !lines.some((line, i) => asks(asker, person, line, lines[i + 1], namer));
    if (AGREES.test(text) && other !== null)
      return firstOf(person, lines) < firstOf(other, lines) && !names(person, other, lines, namer);
    return isAnothers(person, contentOf(namer(text).rest), lines, namer);
  });
}

function asks(
  by: ParticipantId,
  whom: ParticipantId,
  line: SaidLine,
  next: SaidLine | undefined,
  namer: Namer,
): boolean {
  if (line.speaker !== by) return false;
  return namer(line.text).people.includes(whom) || next?.speaker === whom;
}

function names(by: ParticipantId, whom: ParticipantId, lines: readonly SaidLine[], namer: Namer): boolean {
  return lines.some(({ speaker, text }) => speaker === by && namer(text).people.includes(whom));
}

function firstOf(person: ParticipantId, lines: readonly SaidLine[]): number {
  const at = lines.findIndex(({ speaker }) => speaker === person);
  return at < 0 ? Infinity : at;
}

/** An answer that says the same of oneself: what it answers is as well one's own. */
const SAME =
  /^\s*(?:(?:yes|yeah|ok|okay|да|ну)[\s,]+)?(?:same here|same for me|me too|me,|me neither|so do i|so can i|so am i|likewise|ditto|i agree|agreed|exactly|that['’]s right|и я|я тоже|я также|мне тоже|меня тоже|у меня тоже|аналогично|верно|именно|точно|согласен|согласна)(?!\p{L})/iu;
/** A verb in the first person and no more: «спрошу», "will do". */
const MERE_VERB =
  /^\s*(?:(?:я|i['’]ll|i can|i will)\s+)?(?:\p{L}{3,}[ую]|will do|do (?:that|it)|ask|call|look)[\s.!]*$/iu;
const KNOWS_NOT = /^\s*(?:no idea|i (?:don['’]t|do not) know|понятия не имею|не знаю|без понятия)(?!\p{L})/iu;

/** Most words of an answer that says little without its question. */
const SHORT = 6;

/** Tells whether an answer makes what stands before it one's own. */
function takesOver(answer: string, answered: SaidLine, person: ParticipantId, namer: Namer): boolean {
  if (SAME.test(answer) || MERE_VERB.test(answer) || KNOWS_NOT.test(answer)) return true;
  const asked = turnedTo(answered, namer);
  const isAsked = (asked === null || asked === person) && (isAsking(answered.text) || OFFERS.test(answered.text));
  return isAsked && words(answer).length <= SHORT && !NO.test(answer);
}

const OFFERS = /(?<!\p{L})(?:or|или)(?!\p{L})/iu;
const NO = /^\s*(?:no|not|нет|не)(?!\p{L})/iu;

/** Tells whether these words were said, but nowhere of this person. */
function isAnothers(
  person: ParticipantId,
  content: readonly Content[],
  lines: readonly SaidLine[],
  namer: Namer,
): boolean {
  const sharedWith = (own: readonly SaidLine[]) => {
    const said = contentOf(own.map(({ text }) => text).join(" "));
    return content.filter((one) => said.some((other) => alike(one, other))).length;
  };
  const mine = lines.filter((line, i) => {
    const next = lines[i + 1];
    if (next?.speaker === person && takesOver(next.text, line, person, namer)) return true;
    const whom = turnedTo(line, namer);
    return whom === null ? line.speaker === person || namer(line.text).people.includes(person) : whom === person;
  });
  const all = sharedWith(lines);
  return all > 0 && sharedWith(mine) < all / 2;
}
