import { csvText, harmless } from "./csv-text.ts";
import { markOf, type OutsideTask } from "./outside-task.ts";

export const COLUMNS = ["id", "title", "owner", "due", "status", "meeting", "date", "description"] as const;

/** Task as a row of a table; its id is the same wherever it stands. */
export function rowOf(task: OutsideTask, status: string = task.status): string[] {
  const { title, owner, due, meetingTitle, at, description } = task;
  return [
    markOf(task),
    harmless(title),
    harmless(owner?.name ?? ""),
    due ?? "",
    status,
    harmless(meetingTitle),
    new Date(at).toISOString().slice(0, 10),
    harmless(description),
  ];
}

export function taskTable(tasks: readonly OutsideTask[], statusOf: (task: OutsideTask) => string): string {
  return csvText([COLUMNS, ...tasks.map((task) => rowOf(task, statusOf(task)))]);
}
