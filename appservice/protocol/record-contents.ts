import type { ParticipantId } from "./identity.ts";
import type { Decision, MeetingRecord, Question, Task, Utterance } from "./meeting-record.ts";

/** Tasks as they were left last; one that was taken back is none. */
export function tasksOf({ minutes }: MeetingRecord): Task[] {
  const newest = new Map(
    minutes.flatMap(({ result }) =>
      result.form === "tasks" ? result.tasks.map((task) => [task.id, task] as const) : [],
    ),
  );
  return [...newest.values()].filter(({ status }) => status !== "dropped");
}

/** Utterance or comment that a decision or question rests on first. */
export type Source = { readonly id: string; readonly speaker: ParticipantId; readonly circle: number };

/**
 * Decisions as they were left last, with where they were said; those called out in a circle that still runs, too.
 * Dropped ones are left out.
 */
export function decisionsOf(record: MeetingRecord): (Decision & { readonly source: Source })[] {
  const found = record.minutes.flatMap(({ result }) => (result.form === "decisions" ? result.decisions : []));
  return sourced(newest([...calledOutDecisions(record.utterances), ...found]), record).filter(
    ({ status }) => status !== "dropped",
  );
}

/**
 * Questions as they were left last, with where they were asked; also those that were answered since. Dropped ones are
 * left out.
 */
export function questionsOf(record: MeetingRecord): (Question & { readonly source: Source })[] {
  const found = record.minutes.flatMap(({ result }) => (result.form === "questions" ? result.questions : []));
  return sourced(newest(found), record).filter(({ status }) => status !== "dropped");
}

/** Decisions that were called out ("Decision: …"): their speakers have said that it is one. */
export function calledOutDecisions(utterances: readonly Utterance[]): Decision[] {
  return utterances.flatMap(({ id, speaker, segments }) =>
    segments.flatMap(({ command }, place): Decision[] => {
      if (command?.type !== "decision") return [];
      return [{ id: `${id}:${place}`, text: command.text, from: [id], confirmedBy: speaker, status: "confirmed" }];
    }),
  );
}

function newest<T extends { readonly id: string }>(found: readonly T[]): T[] {
  return [...new Map(found.map((each) => [each.id, each])).values()];
}

function sourced<T extends { readonly from: readonly string[] }>(
  found: readonly T[],
  { utterances, comments }: MeetingRecord,
): (T & { source: Source })[] {
  const sources = new Map<string, Source>(utterances.map(({ id, speaker, circle }) => [id, { id, speaker, circle }]));
  for (const { id, who, circle } of comments) sources.set(id, { id, speaker: who, circle });
  return found.flatMap((each) => {
    const source = sources.get(each.from[0] ?? "");
    return source ? [{ ...each, source }] : [];
  });
}
