import type { MeetingRecord, Task, Utterance } from "./meeting-record.ts";

/** Each task as it was left last; what was taken back is none. */
export function tasksOf({ minutes }: MeetingRecord): Task[] {
  const newest = new Map(minutes.flatMap(({ result }) => (result.form === "tasks" ? result.tasks.map((task) => [task.id, task] as const) : [])));
  return [...newest.values()].filter(({ status }) => status !== "dropped");
}

/** Decisions that were called out, with what was said around them; `place`: which segment of the utterance. */
export function decisionsOf({ utterances }: MeetingRecord): { readonly text: string; readonly utterance: Utterance; readonly place: number }[] {
  return utterances.flatMap((utterance) =>
    utterance.segments.flatMap(({ command }, place) => (command?.type === "decision" ? [{ text: command.text, utterance, place }] : [])),
  );
}
