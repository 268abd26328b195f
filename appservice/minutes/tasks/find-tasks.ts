import type { ParticipantId } from "../../protocol/identity.ts";
import type { Task, Utterance } from "../../protocol/meeting-record.ts";
import type { MinutesPerson } from "../person.ts";
import { sentencesOf } from "../text/sentences.ts";
import { contentStems, overlap } from "../text/words.ts";
import { remembered } from "../../language/remembered.ts";
import { AskedFor, type TaskInTalk } from "./asked-for.ts";
import { dayAt, iso, type Day } from "./days.ts";
import { dueDate } from "./due-date.ts";
import { commandedTasks, withoutCommandedTasks } from "./commanded.ts";
import { nameFinder } from "../../language/names/names.ts";
import { requestIn, tasksIn, type Found } from "./said-tasks.ts";
import { shortContext, shortTitle, type TitleGround } from "./short-title.ts";
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
  const talk = new AskedFor();
  for (const [i, sentence] of sentences.entries()) {
    const today = dayAt(startedAt.get(sentence.from[0]!)!, timeZone);
    const before = sentences.slice(Math.max(0, i - LOOKED_BACK), i);
    const names = namesIn(sentence.text);
    const draft = ({ needsDate, ...found }: Found): TaskInTalk => {
      const due = MAY_NAME_A_DAY.test(found.dateIn) ? dueAsSaid({ words: found.dateIn, today }) : null;
      const stems = once(
        () => new Set(contentStems(shortTitle(found.said, { due, today, owner: found.owner, namesIn }))),
      );
      const onlyAnswers = found.onlyAnswers || (needsDate && due === null);
      return { ...found, due, onlyAnswers, stems };
    };
    const promised = tasksIn(sentence, before, names).map(draft);
    const asked = promised.every(({ onlyAnswers }) => onlyAnswers) ? requestIn(sentence, before, names).map(draft) : [];
    talk.hear(sentence, promised, asked, () => dueAsSaid({ words: sentence.text, today }));
  }
  const tasks = talk.drafts().map(({ said, about, owner, from, status, dateIn, due }): Task => {
    const today = dayAt(startedAt.get(from[0]!)!, timeZone);
    // Keeps what somebody called a task in just those words.
    const title = status === "open" ? titled(said) : titleOf(said, about, { due, today, owner, namesIn });
    return { id: taskId(from[0]!, dateIn), title, owner, due, from: [...from], status };
  });
  const place = new Map(utterances.map(({ id }, i) => [id, i]));
  const placeOf = (task: Task) => place.get(task.from[0]!) ?? 0;
  const all = [...tasks, ...commandedTasks(utterances, people, timeZone)];
  return withoutRepetition(
    all.toSorted((one, other) => placeOf(one) - placeOf(other)),
    people,
  );
}

/** Pieces of words without which no day is named: reading days takes longer than all else. */
const MAY_NAME_A_DAY =
  /\d|day|night|week|month|year|tomorrow|morning|evening|afternoon|quarter|hour|eod|cob|eo[wmqy]|noon|(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)|mon|tue|wed|thu|fri|sat|sun|first|second|third|th\b|завтра|сегодня|недел|месяц|квартал|год|д[ен]н|день|дня|час|вечер|обед|утр|выходн|понедел|втор|сред|четв|пятн|субб|воскр|числ|январ|феврал|март|апрел|ма[йяе]|июн|июл|август|сентяб|октяб|нояб|декаб|перв|трет|(?:ого|ому|его|ему)(?!\p{L})|начал|конц|накануне/iu;

/** Keeps the first answer: most are never asked for, some again and again. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Sentences among which the work is looked for that an "it" means. */
const LOOKED_BACK = 4;

/** Title whose work is told by other words alone. */
const ONLY_DO = /^(?:do (?:it|that|this)|сделать(?: это)?)$/iu;

function titleOf(said: string, about: string, ground: TitleGround): string {
  const title = shortTitle(said, ground);
  if (about !== "" && ONLY_DO.test(title)) return titled(shortContext(about, "", ground));
  return about === "" ? title : titled(`${title} (${shortContext(about, title, ground)})`);
}

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
