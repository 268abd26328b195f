import { endOf, type Meeting } from "../circle/meeting.ts";
import { evennessPercent } from "../circle/talk-time.ts";
import { changesWords } from "../protocol/changes-words.ts";
import type { CorrectionMade } from "../protocol/correction.ts";
import type { MinutesResult } from "../protocol/meeting-record.ts";
import { textsOf } from "../protocol/texts-of.ts";
import type { RecordState } from "../record/state.ts";
import type { ExperimentOutcome } from "./options.ts";

/** Milliseconds after a meeting in which what people do with its minutes counts. */
export const COUNTS_WITHIN_MS = 72 * 3600_000;

/** Share of texts of which the slowest is told. */
const MOST = 0.95;

/**
 * Figures of one meeting; null where there was nothing to count. `edits`: rewordings for 100 words of the minutes;
 * `untouched`: share of tasks, decisions and questions that nobody said anything of; `redone`: results made anew for
 * each result; `tasks-confirmed`: of those that were confirmed or dropped; `tasks-done`: of all tasks; `text-delay`:
 * seconds within which 95 of 100 pieces of what was said were text. `evenness` of the time shared, in percent: no set
 * should change it.
 */
export type Outcomes = Readonly<Record<ExperimentOutcome | "evenness", number | null>> & {
  /** People who had a turn: known before any result. */
  readonly people: number;
};

export type MeetingToCount = {
  readonly meeting: Meeting;
  readonly record: Pick<RecordState, "minutes" | "corrections">;
  /** Number of results that were made anew. */
  readonly redone: number;
  /** Milliseconds from the end of each piece that was said to its text. */
  readonly delaysMs: readonly number[];
};

/** Outcomes of a meeting that has been over for so long that nothing is counted any more; null before that. */
export function outcomesOf({ meeting, record, redone, delaysMs }: MeetingToCount, now: number): Outcomes | null {
  const end = endOf(meeting);
  if (end === null || now < end + COUNTS_WITHIN_MS) return null;
  const made = record.corrections.filter(({ of, at }) => of !== "utterance" && at <= end + COUNTS_WITHIN_MS);
  const results = record.minutes.map(({ result }) => result);
  const items = results.flatMap(itemsOf);
  const touched = new Set(made.map(({ of, id }) => `${of} ${id}`));
  const tasks = results.flatMap((result) => (result.form === "tasks" ? result.tasks : []));
  const verdicts = lastVerdicts(made);
  const words = results.flatMap(textsOf).reduce((sum, text) => sum + wordsIn(text), 0);
  const spoken = timesSpoken(meeting);
  return {
    people: spoken.length,
    edits: share(made.filter(changesWords).length * 100, words),
    untouched: share(items.filter((item) => !touched.has(item)).length, items.length),
    redone: share(redone, results.length),
    "tasks-confirmed": share(verdicts.filter((status) => status !== "dropped").length, verdicts.length),
    "tasks-done": share(tasks.filter(({ status }) => status === "done").length, tasks.length),
    "text-delay": delayOfMost(delaysMs),
    evenness: evennessPercent(spoken),
  };
}

/** Seconds within which 95 of 100 came. */
function delayOfMost(delaysMs: readonly number[]): number | null {
  const sorted = [...delaysMs].sort((one, other) => one - other);
  const last = sorted[Math.ceil(sorted.length * MOST) - 1];
  return last === undefined ? null : last / 1_000;
}

function share(part: number, all: number): number | null {
  return all === 0 ? null : part / all;
}

/** Things of which people can say whether they are such. */
function itemsOf(result: MinutesResult): string[] {
  switch (result.form) {
    case "tasks":
      return result.tasks.map(({ id }) => `task ${id}`);
    case "decisions":
      return result.decisions.map(({ id }) => `decision ${id}`);
    case "questions":
      return result.questions.map(({ id }) => `question ${id}`);
    default:
      return [];
  }
}

function wordsIn(text: string): number {
  return text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
}

/** Status in which people left each task that they said something of; a mere suggestion is none. */
function lastVerdicts(made: readonly CorrectionMade[]): string[] {
  const last = new Map<string, string>();
  for (const each of made) if (each.of === "task") last.set(each.id, each.after.status);
  return [...last.values()].filter((status) => status !== "suggested");
}

function timesSpoken({ ended }: Meeting): number[] {
  const times = new Map<string, number>();
  for (const { speaker, spentMs } of ended) times.set(speaker, (times.get(speaker) ?? 0) + spentMs);
  return [...times.values()];
}
