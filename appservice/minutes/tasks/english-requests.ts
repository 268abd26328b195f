import type { NameAt } from "../../language/names/names.ts";
import { withoutEnd } from "../../protocol/without-end.ts";
import { normalise } from "../text/words.ts";
import { isWorkInEnglish } from "./english-tasks.ts";
import type { AskedWork } from "./asked-work.ts";

const POLITE = "(?:(?:please|also|maybe|perhaps|just|then|possibly|kindly|quickly),? )*";
const ASKING = "(?:can|could|would|will) you,? ";
const OPEN = new RegExp(
  `\\b(?:${[
    "(?:someone|somebody|anyone|one of us) (?:should|needs to|has to|must|ought to|could)",
    "(?:can|could|would|will) (?:someone|somebody|anyone|anybody)",
    "who(?:'s going to| can| could| will|'ll| wants to| would)",
    "we(?: still| really| also)? (?:should|need to|have to|must|ought to)|(?:maybe|perhaps) we (?:could|should)",
  ].join("|")}) ${POLITE}`,
);

/**
 * Finds what somebody is asked to do, in a question or by name, and what is said to need doing by nobody in particular.
 */
export function englishRequest(sentence: string, names: readonly NameAt[]): AskedWork | null {
  const said = normalise(sentence);
  return byName(said, names) ?? toAnybody(said);
}

/** Most names of a sentence that are looked at: nobody calls more people to one thing. */
const MOST_NAMES = 4;

function byName(said: string, names: readonly NameAt[]): AskedWork | null {
  const end = withoutEnd(said, /[\s?.!]/u).length;
  for (const name of names.slice(0, MOST_NAMES)) {
    const rest = said.slice(name.end);
    const asked =
      AFTER_NAME.exec(rest) ??
      (/^(?:[\w' ,]{0,20}|.{0,400}[,;] (?:so |and |but |then )?)$/.test(said.slice(0, name.start))
        ? COMMAND.exec(rest)
        : null);
    const before = BEFORE_NAME.exec(said.slice(Math.max(0, name.start - LONGEST_LEAD), name.start));
    const titleFrom = asked
      ? name.end + asked[0].length
      : before
        ? name.end + (/^,? (?:please )?/.exec(rest)?.[0].length ?? 0)
        : -1;
    if (
      titleFrom >= 0 &&
      titleFrom < end &&
      (isWorkInEnglish(said.slice(titleFrom)) || THAT.test(said.slice(titleFrom)))
    )
      return { person: name.person, titleFrom, end: endOf(said, titleFrom, end) };
  }
  // "Could you print the labels, Sue?"
  const last = names.at(-1);
  const opening = OPENING.exec(said);
  if (!opening || !last || last.end !== end || !isWorkInEnglish(said.slice(opening[0].length))) return null;
  return { person: last.person, titleFrom: opening[0].length, end: last.start };
}

/** Work that was spoken of just before. */
const THAT = /^(?:do|take|handle|start with|start on|look after|sort|own) (?:that|this|it)\b/;
const LONGEST_LEAD = 24;
const AFTER_NAME = new RegExp(
  `^,? (?:(?:and|so|then|maybe|also|please),? )?(?:${ASKING}${POLITE}|(?:i|we) need you to |i'd like you to |don't forget to |remember to |make sure to |(?:and )?please (?:also )?)`,
);
const BEFORE_NAME = /\b(?:can|could|would|will) you,? $/;
const OPENING = new RegExp(`^(?:(?:and|so|okay|ok|then|well),? )*${ASKING}${POLITE}`);
/** Verbs that after a name, without a comma, tell somebody to do something; no form of the past among them. */
const COMMAND = new RegExp(
  `^,? ${POLITE}(?=(?:${`add archive arrange ask book bring build buy call cancel change check clean collect contact copy create
  deliver draft email fetch file find finish fix follow get give invite look make move order organise organize pay phone pick
  plan post prepare print publish remind repair replace reply report reserve review schedule sell send share sort speak
  start sum take talk tell test translate try update upload write`
    .split(/\s+/)
    .join("|")}) )`,
);

function toAnybody(said: string): AskedWork | null {
  const open = OPEN.exec(said);
  if (!open) return null;
  const titleFrom = open.index + open[0].length;
  return isWorkInEnglish(said.slice(titleFrom))
    ? { person: undefined, titleFrom, end: endOf(said, titleFrom, said.length) }
    : null;
}

function endOf(said: string, from: number, end: number): number {
  const next = /[?;]|,? (?:while|because|since|but|so that|then we)\b|, (?:and )?(?:i|we|it|that's)\b/.exec(
    said.slice(from, end),
  );
  return next ? from + next.index : end;
}
