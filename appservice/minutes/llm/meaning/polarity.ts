import { STOPWORDS } from "../../text/stopwords.ts";
import { words } from "../../text/words.ts";
import { alike, type Content, contentFrom } from "./content.ts";
import type { SaidLine } from "./names.ts";

const NEGATION =
  /^(?:not|no|never|against|object(?:s|ed)?|refuse[sd]?|против|возража\p{L}{1,3}|отказал\p{L}{0,3}|nobody|none|nothing|neither|nor|cannot|without|hardly|не|нет|ни|нельзя|никто|никогда|ничего|без|никак|нечего)$|n't$|n’t$/u;
/** Negation after what it denies: «простоя не было», «покупать не будем». */
const AFTER = /^(?:не (?:было|был|была|были|буд\p{L}{1,3}|стои?т|стали?)|нет)(?!\p{L})/u;
/** A negation ends with its clause. */
const BORDER =
  /[.,;:!?…—]|(?<![\p{L}\p{N}])(?:but|and|so|because|since|which|who|и|а|но|что|чтобы|если|потому|поэтому|который|которая|которые)(?![\p{L}\p{N}])/u;
/** Words too common to tell what a text is about, whose denial tells much. */
const VERBS = new Set(
  "say know get go take make see let know have can could знаю знает есть можно может можем".split(" "),
);

/** Verbs that pass a denial on to the next: «не успела доделать», "have not managed to finish". */
const HELPERS =
  /^(?:успе(?:л[аи]?|ю|ем|ть)|смог(?:л[аи])?|смож\p{L}{1,3}|удалось|удастся|получилось|стал[аи]?|буд\p{L}{1,3}|хочет|хочу|хотят|собира\p{L}{2,5}|manage[sd]?|able|going|want(?:s|ed)?|planned|supposed|been)$/u;

/**
 * Content words that a negation may be meant for: in English those up to the end of the clause, in Russian the nearest.
 */
const REACH = { latin: 3, cyrillic: 2 } as const;

/** `denied`: null where a negation is near and may be meant for another word. `group`: the negation that reaches it. */
type Polar = Content & { readonly denied: boolean | null; readonly group: number };

function isTelling(word: string): boolean {
  return VERBS.has(word) || (word.length > 2 && !STOPWORDS.has(word));
}

/** Denials that affirm: «не против», "no objection". */
const AFFIRMED =
  /(?<!\p{L})(?:не (?:возража\p{L}{1,3} )?против|не возража\p{L}{1,3}|(?:don['’]t|doesn['’]t|do not|does not|wouldn['’]t) mind|no objections? to|not against|(?:не|no|not) (?:раньше|позже|позднее|earlier|later|before))(?!\p{L})/giu;

/** Lists the telling words of a text, each with whether it is denied. */
export function polarOf(text: string): Polar[] {
  let group = 0;
  const plain = text.replace(AFFIRMED, " ");
  return plain.split(BORDER).flatMap((clause) => {
    const found: Polar[] = [];
    const all = words(clause);
    let [left, isHead] = [0, false];
    for (const [i, word] of all.entries()) {
      if (NEGATION.test(word)) {
        const before = found.at(-1);
        if (before && AFTER.test(all.slice(i, i + 2).join(" "))) {
          found[found.length - 1] = { ...before, denied: true, group: ++group };
          continue;
        }
        left = /\p{Script=Cyrillic}/u.test(word) ? REACH.cyrillic : REACH.latin;
        [isHead, group] = [true, group + 1];
      } else if (isTelling(word) && !(left > 0 && HELPERS.test(word))) {
        found.push({
          ...contentFrom(word),
          denied: left === 0 ? false : isHead ? true : null,
          group: left > 0 ? group : 0,
        });
        isHead = false;
        left = Math.max(0, left - 1);
      }
    }
    return found;
  });
}

/** An answer that is a no and little more. */
const BARE_NO =
  /^\s*(?:no|nope|not yet|not really|нет|не-а|пока нет|еще нет|ещё нет|пока не|никак)(?:[\s,.!]+\p{L}+){0,2}[\s.!]*$/iu;
const AUXILIARIES: ReadonlySet<string> = new Set(
  "have has did do does is are was were can could will would".split(" "),
);
const SUBJECTS: ReadonlySet<string> = new Set(
  "you we they he she it any anyone anybody anything the this that there".split(" "),
);

/** Tells whether a line asks something, also without a question mark: recognisers seldom write one. */
export function isAsking(text: string): boolean {
  const said = words(text);
  const turned = [0, 1, 2].some((at) => AUXILIARIES.has(said[at] ?? "") && SUBJECTS.has(said[at + 1] ?? ""));
  return text.trimEnd().endsWith("?") || turned || said.includes("ли");
}

/**
 * Lists the telling words of lines as they stand after what was answered: what was asked and got a bare no was denied,
 * and of what was said and got one nobody can tell.
 */
export function polarAsAnswered(lines: readonly SaidLine[]): Polar[] {
  return lines.flatMap(({ speaker, text }, i) => {
    const next = lines[i + 1];
    const own = polarOf(text);
    if (!next || next.speaker === speaker || !BARE_NO.test(next.text)) return own;
    const denied = isAsking(text) ? true : null;
    return own.map((one) => ({ ...one, denied: one.denied === false ? denied : one.denied }));
  });
}

/** `opposed`: of some word the claim says the opposite of all that was said. `mixed`: both was said of some word. */
export type Polarity = "same" | "mixed" | "opposed";

export function polarityOf(claim: readonly Polar[], said: readonly Polar[]): Polarity {
  const there = (one: Polar) => said.filter((other) => alike(one, other));
  const affirmed = claim.filter(({ denied }) => denied === false);
  if (affirmed.some((one) => there(one).length > 0 && there(one).every(({ denied }) => denied === true)))
    return "opposed";
  const groups = Map.groupBy(
    claim.filter(({ group }) => group > 0),
    ({ group }) => group,
  );
  for (const group of groups.values()) {
    const known = group.flatMap(there);
    if (known.length > 0 && known.every(({ denied }) => denied === false)) return "opposed";
  }
  return affirmed.some((one) => there(one).some(({ denied }) => denied === true)) ? "mixed" : "same";
}
