import type { Language, ParticipantId } from "../protocol/identity.ts";
import { correctionsOf, type CorrectionMade } from "../protocol/correction.ts";
import type { About, MinutesEntry } from "../protocol/meeting-record.ts";
import { entryId, within } from "../protocol/minutes-key.ts";
import type { RecordState } from "../record/state.ts";
import type { Clean } from "./clean/cleaner.ts";
import type { Pseudonyms } from "./pseudonyms.ts";
import type { Rights } from "./rights.ts";
import type { LessonRow, Split, TaskRow } from "./rows.ts";

/** Letters of the longest conversation that is put before a model. */
const LONGEST_PROMPT = 24_000;

const ORDERS = {
  en: {
    summary: "Summarise what was said.",
    task: "Which task follows from what was said?",
    decision: "Which decision was made?",
    question: "Which question is open?",
  },
  ru: {
    summary: "Перескажи кратко, что было сказано.",
    task: "Какая задача следует из сказанного?",
    decision: "Какое решение принято?",
    question: "Какой вопрос остался открытым?",
  },
} as const satisfies Record<Language, object>;

type Words = { readonly id: string; readonly who: ParticipantId; readonly text: string };
type Of = "summary" | "task" | "decision" | "question";

export type LessonsDeps = {
  readonly rights: Rights;
  readonly pseudonyms: Pseudonyms;
  readonly clean: Clean;
  readonly meeting: string;
  readonly split: Split;
  readonly language: Language;
};

/**
 * Lines of a meeting for language models: only of results that somebody put right, confirmed or dropped. A line is
 * there if everybody whose words are in it allowed that, whoever spoke and whoever corrected.
 */
export async function* lessonsIn(record: RecordState, deps: LessonsDeps): AsyncGenerator<LessonRow> {
  for (const [nth, entry] of record.minutes.entries()) {
    if (entry.result.form === "summary") yield* ofSummary(record, entry, nth, deps);
    else yield* ofItems(record, entry, nth, deps);
  }
}

async function* ofSummary(
  record: RecordState,
  entry: MinutesEntry,
  nth: number,
  deps: LessonsDeps,
): AsyncGenerator<LessonRow> {
  if (entry.result.form !== "summary") return;
  const made = correctionsOf(record.corrections, { of: "summary", id: entryId(entry) });
  const confirmed = record.confirmations.some((each) => each.of === "summary" && each.id === entryId(entry));
  const words = wordsOf(record, entry.about);
  if ((made.length === 0 && !confirmed) || !mayUse(record, words, [...made, ...readBy(record, entry)], deps)) return;
  const prompt = await promptOf("summary", words, deps);
  if (!prompt) return;
  const [first] = made;
  const answer = await cleaned(entry.result.sentences.map(({ text }) => text).join("\n"), deps);
  const line = { ...facts("summary", entry, deps), id: `${deps.meeting}-r${nth}` };
  if (answer === "") return;
  yield { way: "sft", line: { ...line, messages: [...prompt, said(answer)] } };
  if (first?.of !== "summary") return;
  const rejected = await cleaned(first.before.join("\n"), deps);
  if (rejected !== "" && rejected !== answer)
    yield { way: "dpo", line: { ...line, prompt, chosen: [said(answer)], rejected: [said(rejected)] } };
}

async function* ofItems(
  record: RecordState,
  entry: MinutesEntry,
  nth: number,
  deps: LessonsDeps,
): AsyncGenerator<LessonRow> {
  for (const { of, id, text, from, confirmedBy } of itemsOf(entry)) {
    const made = correctionsOf(record.corrections, { of, id });
    const label = judged(made, confirmedBy !== null);
    const words = wordsById(record, from);
    if (label === null || !words || !mayUse(record, words, made, deps)) continue;
    if (confirmedBy !== null && !deps.rights.words(confirmedBy)) continue;
    const prompt = await promptOf(of, words, deps);
    const answer = await cleaned(text, deps);
    if (!prompt || answer === "") continue;
    const line = { ...facts(of, entry, deps), id: `${deps.meeting}-r${nth}-${id}` };
    const heard = await cleaned(firstText(made) ?? text, deps);
    // Judged is what the plugin found, as it found it; words of people are never held up as wrong.
    yield { way: "kto", line: { ...line, prompt, completion: [said(heard)], label } };
    if (label) yield { way: "sft", line: { ...line, messages: [...prompt, said(answer)] } };
    if (label && heard !== answer)
      yield { way: "dpo", line: { ...line, prompt, chosen: [said(answer)], rejected: [said(heard)] } };
  }
}

/** All words of a meeting that may be used, with the tasks that people made of them; null where there are none. */
export async function tasksIn(record: RecordState, deps: LessonsDeps): Promise<TaskRow | null> {
  const { rights, pseudonyms, meeting, split, language } = deps;
  const utterances = record.utterances.filter(
    ({ id, speaker }) =>
      rights.words(speaker) &&
      correctionsOf(record.corrections, { of: "utterance", id }).every(({ by }) => rights.words(by)),
  );
  const known = new Set(utterances.map(({ id }) => id));
  const tasks: TaskRow["tasks"][number][] = [];
  for (const { result } of record.minutes) {
    for (const task of result.form === "tasks" ? result.tasks : []) {
      const made = correctionsOf(record.corrections, { of: "task", id: task.id });
      if (judged(made, task.status === "open" || task.status === "done") !== true) continue;
      if (!task.from.every((id) => known.has(id)) || made.some(({ by }) => !rights.words(by))) continue;
      const { due, status, from, owner } = task;
      const title = await cleaned(task.title, deps);
      tasks.push({ title, owner: owner === null ? null : pseudonyms.person(owner), due, status, from });
    }
  }
  if (tasks.length === 0) return null;
  const lines: TaskRow["utterances"][number][] = [];
  for (const { id, speaker, text } of utterances)
    lines.push({ id, speaker: pseudonyms.person(speaker), text: await cleaned(text, deps) });
  return { meeting, split, language, utterances: lines, tasks };
}

type Item = {
  readonly of: Exclude<Of, "summary">;
  readonly id: string;
  readonly text: string;
  readonly from: readonly string[];
  readonly confirmedBy: ParticipantId | null;
};

function itemsOf({ result }: MinutesEntry): Item[] {
  switch (result.form) {
    case "tasks":
      return result.tasks.map(({ id, title, from }) => ({ of: "task", id, text: title, from, confirmedBy: null }));
    case "decisions":
      return result.decisions.map((each) => ({ of: "decision", ...each }));
    case "questions":
      return result.questions.map((each) => ({ of: "question", ...each }));
    default:
      return [];
  }
}

/** Verdict of people on something found: right, or none. Null: nobody has said, and silence is no yes. */
function judged(made: readonly CorrectionMade[], confirmed: boolean): boolean | null {
  const last = made.at(-1);
  if (!last) return confirmed ? true : null;
  if (last.of === "utterance" || last.of === "summary") return null;
  return last.after.status !== "dropped";
}

function firstText([first]: readonly CorrectionMade[]): string | null {
  if (first?.of === "task") return first.before.title;
  return first?.of === "decision" || first?.of === "question" ? first.before.text : null;
}

function facts(of: Of, { madeBy }: MinutesEntry, { meeting, split, language }: LessonsDeps) {
  return { meeting, split, of, language, plugin: `${madeBy.plugin}@${madeBy.version}`, model: madeBy.model };
}

/** Corrections of the other summaries that a summary may have been written from: their words can stand in it. */
function readBy({ minutes, corrections }: RecordState, entry: MinutesEntry): CorrectionMade[] {
  return minutes
    .filter((other) => other !== entry && other.result.form === "summary" && within(other.about, entry.about))
    .flatMap((other) => correctionsOf(corrections, { of: "summary", id: entryId(other) }));
}

/** Tells whether everybody allowed it who said or corrected the words, or corrected what was made of them. */
function mayUse(
  { corrections }: RecordState,
  words: readonly Words[],
  made: readonly CorrectionMade[],
  { rights }: LessonsDeps,
): boolean {
  const ofWords = words.flatMap(({ id }) => correctionsOf(corrections, { of: "utterance", id }));
  return (
    words.length > 0 &&
    words.every(({ who }) => rights.words(who)) &&
    [...ofWords, ...made].every(({ by }) => rights.words(by))
  );
}

async function promptOf(of: Of, words: readonly Words[], deps: LessonsDeps) {
  const lines: string[] = [];
  for (const { who, text } of words) lines.push(`${deps.pseudonyms.person(who)}: ${await cleaned(text, deps)}`);
  const content = lines.join("\n");
  if (content.length > LONGEST_PROMPT) return null;
  return [
    { role: "system", content: ORDERS[deps.language][of] },
    { role: "user", content },
  ] as const;
}

async function cleaned(text: string, { clean, language }: LessonsDeps): Promise<string> {
  return (await clean(text, language)).text.trim();
}

function said(content: string) {
  return { role: "assistant", content } as const;
}

function wordsOf({ utterances }: RecordState, about: About): Words[] {
  const isOf = (each: { readonly turn: number; readonly circle: number; readonly speaker: ParticipantId }) => {
    switch (about.kind) {
      case "turn":
        return each.turn === about.turn;
      case "participant":
        return each.circle === about.circle && each.speaker === about.participant;
      case "person":
        return each.speaker === about.participant;
      case "circle":
        return each.circle === about.circle;
      case "meeting":
        return true;
    }
  };
  return utterances.filter(isOf).map(({ id, speaker: who, text }) => ({ id, who, text }));
}

/** Null where one of them is there no more. */
function wordsById({ utterances, comments }: RecordState, ids: readonly string[]): Words[] | null {
  const found = ids.map((id): Words | undefined => {
    const said = utterances.find((each) => each.id === id);
    if (said) return { id, who: said.speaker, text: said.text };
    const typed = comments.find((each) => each.id === id && !each.removed);
    return typed && { id, who: typed.who, text: typed.text };
  });
  return found.every((each) => each !== undefined) ? found : null;
}
