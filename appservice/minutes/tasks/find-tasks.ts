import type { ParticipantId } from "../../protocol/identity.ts";
import type { Task, Utterance } from "../../protocol/meeting-record.ts";
import type { MinutesPerson } from "../person.ts";
import { anyOf } from "../text/phrases.ts";
import { sentencesOf, type Sentence } from "../text/sentences.ts";
import { contentStems, normalise, overlap, scriptOf } from "../text/words.ts";
import { remembered } from "../../language/remembered.ts";
import { dayAt, iso, type Day } from "./days.ts";
import { dueDate } from "./due-date.ts";
import { englishTasks } from "./english-tasks.ts";
import { commandedTasks, withoutCommandedTasks } from "./commanded.ts";
import { doer, isMarkAlone, marked } from "./marked.ts";
import { nameFinder, type NameAt } from "../../language/names/names.ts";
import { russianTasks } from "./russian-tasks.ts";
import { taskId, titled } from "./task-title.ts";

export type TasksGround = {
  readonly utterances: readonly Utterance[];
  readonly people: readonly MinutesPerson[];
  readonly timeZone: string;
};

/**
 * Finds tasks by rule: promises, requests by name, and tasks called one aloud. Few and right rather than many: each is
 * a suggestion until somebody confirms it, and its title is in the words said.
 */
export function findTasks({ utterances, people, timeZone }: TasksGround): Task[] {
  const namesIn = nameFinder(people);
  const startedAt = new Map(utterances.map((utterance) => [utterance.id, utterance.startedAt]));
  const sentences = sentencesOf(utterances.map(withoutCommandedTasks));
  const dueAsSaid = remembered(
    ({ words, today }: { readonly words: string; readonly today: Day }) => dueDate(words, today),
    ({ words, today }) => `${iso(today)} ${words}`,
  );
  const tasks = sentences.flatMap((sentence, i) => {
    const today = dayAt(startedAt.get(sentence.from[0]!)!, timeZone);
    const before = sentences[i - 1]?.turn === sentence.turn ? sentences[i - 1] : undefined;
    return tasksIn(sentence, before, namesIn(sentence.text)).flatMap(({ needsDate, dateIn, ...found }): Task[] => {
      const due = dueAsSaid({ words: dateIn, today });
      if (needsDate && due === null) return [];
      return [{ ...found, id: taskId(found.from[0]!, dateIn), due }];
    });
  });
  const place = new Map(utterances.map(({ id }, i) => [id, i]));
  const placeOf = (task: Task) => place.get(task.from[0]!) ?? 0;
  const all = [...tasks, ...commandedTasks(utterances, people, timeZone)];
  return withoutRepetition(
    all.toSorted((one, other) => placeOf(one) - placeOf(other)),
    people,
  );
}

/** Most promises in one sentence. */
const MOST_IN_A_SENTENCE = 8;

type Found = Omit<Task, "id" | "due"> & { dateIn: string; needsDate: boolean };

function tasksIn(sentence: Sentence, before: Sentence | undefined, names: readonly NameAt[]): Found[] {
  const { text, speaker, from } = sentence;
  const aloud =
    before && isMarkAlone(before.text)
      ? { titleFrom: 0, owner: doer(normalise(text), 0, names, speaker) }
      : marked(text, names, speaker);
  if (aloud) {
    const said = text.slice(aloud.titleFrom);
    return [
      { title: titled(said), owner: aloud.owner, from: [...from], status: "open", dateIn: said, needsDate: false },
    ];
  }
  const find = scriptOf(text) === "cyrillic" ? russianTasks : englishTasks;
  const found = find(text, names, speaker).slice(0, MOST_IN_A_SENTENCE);
  return found.flatMap((task, i): Found[] => {
    // "By Friday, I'll send it": words that lead up to the first promise belong to it
    const dateIn = text.slice(i === 0 ? lead(text, task.start) : task.start, task.end);
    const said = text.slice(task.titleFrom, task.end);
    const shared = { owner: task.owner, status: "suggested", dateIn, needsDate: task.needsDate } as const;
    if (!isOnlyPointing(said)) return [{ ...shared, title: titled(said), from: [...from] }];
    // Words that only point mean those just before: in this sentence, or in the one before it.
    if (contentStems(text.slice(0, task.start)).length > 0)
      return [{ ...shared, title: titled(text.slice(0, task.end)), from: [...from] }];
    return before
      ? [{ ...shared, title: titled(`${before.text} ${text}`), from: [...new Set([...before.from, ...from])] }]
      : [];
  });
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

/** Joins repetitions: the same promise made in two circles is one task, resting on both. */
export function withoutRepetition(tasks: readonly Task[], people: readonly MinutesPerson[]): Task[] {
  const names = new Set(people.flatMap((person) => contentStems(person.name)));
  const kept: Task[] = [];
  const stemsOf = new Map(
    tasks.map(({ title }) => [title, new Set(contentStems(title).filter((stem) => !names.has(stem)))]),
  );
  for (const task of tasks) {
    const same = kept.findIndex((other) => isSameWork(other, task, ({ title }) => stemsOf.get(title)!));
    const other = kept[same];
    if (!other) kept.push(task);
    else {
      const status = other.status === "open" || task.status === "open" ? "open" : other.status;
      kept[same] = {
        ...other,
        owner: other.owner ?? task.owner,
        due: task.due ?? other.due,
        status,
        from: [...new Set([...other.from, ...task.from])],
      };
    }
  }
  return kept;
}

function isSameWork(a: Task, b: Task, stemsOf: (task: Task) => ReadonlySet<string>): boolean {
  const [x, y] = [stemsOf(a), stemsOf(b)];
  const [short, long] = [Math.min(x.size, y.size), Math.max(x.size, y.size)];
  if (short < 2 || long > 2 * short || overlap(x, y) < 0.75) return false;
  const owners = new Set([a.owner, b.owner].filter((owner): owner is ParticipantId => owner !== null));
  const dates = new Set([a.due, b.due].filter((due) => due !== null));
  return owners.size <= 1 && dates.size <= 1;
}
