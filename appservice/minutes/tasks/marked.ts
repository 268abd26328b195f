import type { ParticipantId } from "../../protocol/identity.ts";
import { normalise } from "../text/words.ts";
import type { NameAt } from "../../language/names/names.ts";

/** Task that was called one aloud: "Task: …", "Задача: …". */
export type Marked = { readonly titleFrom: number; readonly owner: ParticipantId | null };

const LEAD = `(?:${[
  "so|and|okay|ok|then|another|new|next|first|second|third",
  "ну|итак|и|а|так|тогда|запишите|запиши|записываем|записываю|новая|новую|новое|следующая|еще одна|первая|вторая|третья",
].join("|")})`;
const WORD = "(?:task|action item|to[- ]?do|задач[ау]|задание|поручение)";
const FOR_WHOM = "(?: (?:for|на|для) (\\p{L}+))?";
/** Comma that gives a task: "Задача, Борис…" does; "Задача, которая…" speaks about one. */
const COMMA = ",(?! (?:котор|чтобы|что|which|that|however|конечно|по-моему|наверн))";
const MARK = new RegExp(
  `^(?:${LEAD}[ ,]+)*${WORD}(?: (?:number \\w+|номер \\p{L}+))?${FOR_WHOM}\\s*(?:[:—–-]|${COMMA})\\s*`,
  "u",
);
const ALONE = new RegExp(`^(?:${LEAD}[ ,]+)*${WORD}${FOR_WHOM}\\s*[.:!…]*$`, "u");

export function marked(sentence: string, names: readonly NameAt[], speaker: ParticipantId): Marked | null {
  const said = normalise(sentence);
  const match = MARK.exec(said);
  if (!match || match[0].length === said.length || said.endsWith("?")) return null;
  const within = names.find((name) => name.start < match[0].length && name.start > 0 && match[1] !== undefined);
  if (within) return { titleFrom: match[0].length, owner: within.person };
  if (/^(?:me|меня|мне|myself|себя)$/.test(match[1] ?? "")) return { titleFrom: match[0].length, owner: speaker };
  return { titleFrom: match[0].length, owner: doer(said, match[0].length, names, speaker) };
}

/** Tells "Задача." before a pause: the next sentence is the task. */
export function isMarkAlone(sentence: string): boolean {
  return ALONE.test(normalise(sentence));
}

const WILL = /^(?:'ll| will| пришлет| сделает| подготовит| отправит| напишет)(?!\p{L})/u;

/**
 * Finds the one who does it: the person with whom it begins, or "I". A name further on may be anything, so it is
 * nobody's then.
 */
export function doer(
  said: string,
  from: number,
  names: readonly NameAt[],
  speaker: ParticipantId,
): ParticipantId | null {
  const first = names.find((name) => name.start === from);
  if (first && (first.cases.includes("nominative") || first.cases.includes("dative"))) return first.person;
  if (/^(?:i |i'll |i'm |я |мне )/.test(said.slice(from))) return speaker;
  const subject = names.find(
    (name) => name.start > from && name.cases.includes("nominative") && WILL.test(said.slice(name.end)),
  );
  return subject?.person ?? null;
}
