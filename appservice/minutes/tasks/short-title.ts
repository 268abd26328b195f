import type { NameAt } from "../../language/names/names.ts";
import type { ParticipantId } from "../../protocol/identity.ts";
import { normalise, scriptOf } from "../text/words.ts";
import type { Day } from "./days.ts";
import { withoutDue } from "./dated-words.ts";
import { infinitiveOf } from "./infinitives.ts";
import { isInfinitiveOfWork, isSaidToOne, verbForm } from "./russian-verbs.ts";
import { withoutEnd } from "../../protocol/without-end.ts";
import { titled } from "./task-title.ts";

export type TitleGround = {
  readonly due: string | null;
  readonly today: Day;
  readonly owner: ParticipantId | null;
  readonly namesIn: (text: string) => readonly NameAt[];
};

/** Most words of a title: a task is read at a glance. */
const MOST_WORDS = 12;

/**
 * Title of a task in the words said, without its day, its owner's name, fillers and courtesies; a verb of work leads
 * it.
 */
export function shortTitle(said: string, { due, today, owner, namesIn }: TitleGround): string {
  const small = namesIn(said)[0]?.start === 0 ? said : withSmallFirst(said);
  const bare = bareOf(withoutDue(withoutName(small.replace(BELONGING, ""), owner, namesIn), due, today));
  const led = scriptOf(bare) === "cyrillic" ? ledByInfinitive(bare) : bare;
  return titled(atMost(led));
}

/** Returns the words that tell what "it" is in a title, short and in their order. */
export function shortContext(said: string, title: string, { namesIn }: TitleGround): string {
  const small = namesIn(said)[0]?.start === 0 ? said : withSmallFirst(said);
  return withoutEnd(withoutJoining(atMost(bareOf(small), MOST_WORDS - title.split(" ").length)), /[\s.,;:!?—–-]/u);
}

function withoutJoining(said: string): string {
  const words = said.trim().split(" ");
  while (/^(?:and|so|but|и|а|но),?$/iu.test(words.at(-1) ?? "")) words.pop();
  return words.join(" ");
}

/** Words that only tell whose it is: "С Глеба — схема зала", "Anna takes over the newsletter". */
const BELONGING = /^(?:за|с|со) \p{L}{2,30} ?[—–:-]\s*/iu;

/** Puts the first letter small, unless a capital follows it as in "API". */
function withSmallFirst(said: string): string {
  return /^\p{Lu}(?:\p{Ll}|\s)/u.test(said) && !/^I\b/u.test(said)
    ? said.charAt(0).toLowerCase() + said.slice(1)
    : said;
}

/** Removes the owner's name: the task says whose it is. */
function withoutName(said: string, owner: ParticipantId | null, namesIn: TitleGround["namesIn"]): string {
  if (owner === null) return said;
  let text = said;
  for (const { start, end, person } of [...namesIn(said)].reverse())
    if (person === owner && !/(?:^|\s)(?:за|с|у|от|для|for|with|from|of) $/iu.test(said.slice(0, start)))
      text = `${text.slice(0, start)} ${text.slice(end)}`;
  return text.replace(/\s+/gu, " ");
}

const FILLER =
  /,? ?(?<![\p{L}'])(?:please|um+|uh+|erm?|hmm+|you know|kind of|sort of|basically|пожалуйста|эм+|ээ+|как бы|так сказать|короче|в общем)(?![\p{L}']),?/giu;
/** Remark that follows the work and is none of it. */
const REMARK =
  /(?:,\s(?:это|там|он|она|они|ведь|если|будет|будут|хочу|that's|it's|this is|that is|they're|if you)|\sи\s(?:скажу|расскажу|сообщу))(?!\p{L})/iu;
const LEAD =
  /^(?:(?:so|oh|and|then|also|too|just|okay|ok|well|maybe|ну|вот|тогда|и|а|я|ладно|хорошо|окей|ок|да|пусть|ты|еще|ещё|также|тоже|значит|лично|когда)(?![\p{L}'])[\s,.]*)+/iu;

function bareOf(said: string): string {
  const plain = said.replace(FILLER, " ").replace(/\s+/gu, " ");
  const remark = plain.search(REMARK);
  return (remark > 0 ? plain.slice(0, remark) : plain)
    .replace(/ (?=[.,;:!?])/gu, "")
    .replace(/([,;:])[,;: ]*(?=[,;:])/gu, "")
    .replace(/^[\s,;:.—–-]+/u, "")
    .replace(LEAD, "")
    .replace(/^(?:i'?m |i am |is |to )(?=\w)/iu, "")
    .replace(/^(?:с меня|за мной) /iu, "")
    .replace(/^(?:takes|taking|take) (?=on|over|care|responsibility)/iu, "take ")
    .replace(/^[\s,;:.—–-]+/u, "")
    .trimEnd();
}

/** Words that hand a task on and say nothing of it. */
const HANDING_ON =
  /^(?:поручаю|поручаем|поручили|прошу|просим|попросим|надо|нужно|необходимо|должен|должна|буду|могу|смогу|берусь|обязуюсь|собираюсь|планирую|готов|готова|постараюсь|мне|следует|стоит)$/u;
/** Words before the verb that may stand after it; more are another thought. */
const MOST_BEFORE = 6;

/** Puts the first verb of work in front as an infinitive: "Графики сделаю я" becomes "Сделать графики". */
function ledByInfinitive(said: string): string {
  const words = said.split(" ");
  const plain = words.map((word) => normalise(word).replace(/[^\p{L}-]/gu, ""));
  const at = plain.findIndex(
    (word) => !HANDING_ON.test(word) && (isInfinitiveOfWork(word) || verbForm(word) !== null || isSaidToOne(word)),
  );
  const place = at >= 0 ? at : infinitiveOf(plain[0] ?? "") === null ? -1 : 0;
  const before = words.slice(0, Math.max(0, place));
  if (place < 0 || place > MOST_BEFORE || before.some((word) => /[,;:.—–]$/u.test(word))) return said;
  const verb = plain[place]!;
  const mark = /[,;:.]$/u.exec(words[place]!)?.[0] ?? "";
  const infinitive = isInfinitiveOfWork(verb) ? verb : (infinitiveOf(verb) ?? verb);
  const objects = before.filter((_, i) => !HANDING_ON.test(plain[i]!) && !/^(?:я|сам|сама|ты)$/u.test(plain[i]!));
  const after = words.slice(place + 1).map((word, i) => {
    const joined = i === 1 && plain[place + 1] === "и" && verbForm(plain[place + 2] ?? "") !== null;
    return joined ? (infinitiveOf(plain[place + 2]!) ?? word) : word;
  });
  const rest = [...objects, ...after].filter((word, i, all) => !(/^я[,.]?$/u.test(word) && i === all.length - 1));
  if (rest.length === 0) return infinitive;
  const led = [infinitive, ...objects].join(" ");
  const follows = rest.slice(objects.length).join(" ");
  return follows === "" ? led : `${led}${mark} ${follows}`;
}

const DANGLING =
  /^(?:the|a|an|to|of|in|on|at|for|with|and|or|by|from|that|which|so|my|your|и|а|в|во|на|с|со|к|ко|по|о|об|для|от|до|из|у|или|чтобы|что|за)$/iu;

/** Ends a title that is too long at its last comma, else before a word that leads on. */
function atMost(said: string, most = MOST_WORDS): string {
  const words = said.split(" ");
  if (words.length <= most) return said;
  const short = words.slice(0, most);
  const comma = short.findLastIndex((word) => /[,;:.—–]$/u.test(word));
  if (comma >= 3) return short.slice(0, comma + 1).join(" ");
  while (short.length > 3 && DANGLING.test(short.at(-1)!)) short.pop();
  return short.join(" ");
}
