import { anyOf } from "../text/phrases.ts";
import type { Sentence } from "../text/sentences.ts";
import { contentStems, normalise, scriptOf } from "../text/words.ts";
import type { TaskInTalk } from "./asked-for.ts";
import { englishRequest } from "./english-requests.ts";
import { englishTasks } from "./english-tasks.ts";
import { doer, isMarkAlone, marked } from "./marked.ts";
import type { NameAt } from "../../language/names/names.ts";
import { russianRequest } from "./russian-requests.ts";
import { russianTasks } from "./russian-tasks.ts";

/** Most promises in one sentence. */
const MOST_IN_A_SENTENCE = 4;

/** Task or request of one sentence, before its day is known. */
export type Found = Omit<TaskInTalk, "due" | "stems"> & { readonly needsDate: boolean };

/** Finds what is asked for: of somebody by name at once, of nobody in particular only once somebody takes it on. */
export function requestIn(sentence: Sentence, before: readonly Sentence[], names: readonly NameAt[]): Found[] {
  const { text, from } = sentence;
  const request = (scriptOf(text) === "cyrillic" ? russianRequest : englishRequest)(text, names);
  if (!request) return [];
  const said = text.slice(request.titleFrom, request.end);
  const points = isOnlyPointing(said);
  const about = points ? (toldBefore(sentence, before, said)?.text ?? "") : "";
  const owner = request.person ?? null;
  const untaken = request.person === undefined || request.weak === true;
  return [
    {
      said,
      about,
      owner,
      from: [...from],
      status: "suggested",
      dateIn: text.slice(lead(text, request.titleFrom), request.end),
      needsDate: false,
      untaken,
      onlyAnswers: points && about === "",
    },
  ];
}

/** Finds what is promised, given to somebody by name, or called a task aloud. */
export function tasksIn(sentence: Sentence, before: readonly Sentence[], names: readonly NameAt[]): Found[] {
  const { text, speaker, from } = sentence;
  const aloud = isMarkAlone(lastOfTurn(sentence, before)?.text ?? "")
    ? { titleFrom: 0, owner: doer(normalise(text), 0, names, speaker) }
    : marked(text, names, speaker);
  if (aloud) {
    const said = text.slice(aloud.titleFrom);
    return [
      {
        said,
        about: "",
        owner: aloud.owner,
        from: [...from],
        status: "open",
        dateIn: said,
        needsDate: false,
        untaken: false,
        onlyAnswers: false,
      },
    ];
  }
  const find = scriptOf(text) === "cyrillic" ? russianTasks : englishTasks;
  const found = find(text, names, speaker).slice(0, MOST_IN_A_SENTENCE);
  return found.flatMap((task, i): Found[] => {
    // "By Friday, I'll send it": words that lead up to the first promise belong to it
    const dateIn = text.slice(i === 0 ? lead(text, task.start) : task.start, task.end);
    const said = text.slice(task.titleFrom, task.end);
    const shared = {
      said,
      owner: task.owner,
      status: "suggested",
      dateIn,
      needsDate: task.needsDate,
      untaken: false,
      onlyAnswers: false,
    } as const;
    if (!isOnlyPointing(said)) return [{ ...shared, about: "", from: [...from] }];
    // Words that only point mean those just before: in this sentence, or in the one before it.
    const earlier = text.slice(found[i - 1]?.titleFrom ?? 0, task.start);
    if (contentStems(earlier).length > 0) return [{ ...shared, about: earlier, from: [...from] }];
    const told = toldBefore(sentence, before, said);
    return told
      ? [{ ...shared, about: told.text, from: [...new Set([...told.from, ...from])] }]
      : [{ ...shared, about: "", from: [...from], onlyAnswers: true }];
  });
}

function lastOfTurn({ turn }: Sentence, before: readonly Sentence[]): Sentence | undefined {
  const last = before.at(-1);
  return last?.turn === turn ? last : undefined;
}

const POINTS = anyOf("it|them|this|that|him|her|those|these", "его|ее|их|это|этим|ему|ей|им|туда");

/**
 * Finds the sentence that tells what words mean that only point: the last of the turn, or of the one before with an
 * "it".
 */
function toldBefore(sentence: Sentence, before: readonly Sentence[], said: string): Sentence | undefined {
  const last = lastOfTurn(sentence, before);
  if (last && tells(last.text)) return last;
  if (!POINTS.test(normalise(said))) return undefined;
  return before.findLast(({ turn, text }) => sentence.turn - turn <= 2 && tells(text));
}

function tells(text: string): boolean {
  return contentStems(normalise(text).replace(WHEN, " ")).length > 1;
}

/** Start of the words before the promise, which count for its date when nothing but a comma parts them. */
function lead(text: string, start: number): number {
  const before = text.slice(0, start);
  return /[.;:]|(?:^|\s)(?:and|but|so|because|а|но|и|потому)\s/iu.test(before) || before.split(",").length > 2
    ? start
    : 0;
}

/**
 * Tells whether words only point, as in "I'll do it tomorrow", "Сделаю": a date and a verb name no work by themselves;
 * the words before them do.
 */
function isOnlyPointing(said: string): boolean {
  return contentStems(normalise(said).replace(WHEN, " ")).length <= 1;
}

const WHEN = new RegExp(
  anyOf(
    "by|on|until|before|tomorrow|today|\\w{1,9}day|next|week|month|end",
    "к|ко|до|в|во|на|завтра|сегодня|послезавтра|недел\\p{L}*|конц\\p{L}|следующ\\p{L}+",
    "понедельник\\p{L}*|вторник\\p{L}*|сред[ауеы]|четверг\\p{L}*|пятниц\\p{L}*|суббот\\p{L}*|воскресень\\p{L}*",
  ),
  "gu",
);
