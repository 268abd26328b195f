import type { Decision, MinutesEntry, MinutesResult, Question, Task } from "../protocol/meeting-record.ts";

/** A task, decision or question in the minutes, and what its result becomes with another in its place. */
export type FoundItem<T> = {
  readonly item: T;
  readonly replacedBy: (other: T) => { readonly before: MinutesEntry; readonly after: MinutesEntry };
};

export function taskIn(minutes: readonly MinutesEntry[], id: string): FoundItem<Task> | null {
  return itemIn(
    minutes,
    id,
    (result) => (result.form === "tasks" ? result.tasks : []),
    (tasks) => ({ form: "tasks", tasks }),
  );
}

export function decisionIn(minutes: readonly MinutesEntry[], id: string): FoundItem<Decision> | null {
  return itemIn(
    minutes,
    id,
    (result) => (result.form === "decisions" ? result.decisions : []),
    (decisions) => ({ form: "decisions", decisions }),
  );
}

export function questionIn(minutes: readonly MinutesEntry[], id: string): FoundItem<Question> | null {
  return itemIn(
    minutes,
    id,
    (result) => (result.form === "questions" ? result.questions : []),
    (questions) => ({ form: "questions", questions }),
  );
}

function itemIn<T extends { readonly id: string }>(
  minutes: readonly MinutesEntry[],
  id: string,
  itemsOf: (result: MinutesResult) => readonly T[],
  resultOf: (items: T[]) => MinutesResult,
): FoundItem<T> | null {
  for (const before of minutes) {
    const items = itemsOf(before.result);
    const item = items.find((each) => each.id === id);
    if (item)
      return {
        item,
        replacedBy: (other) => ({
          before,
          after: { ...before, result: resultOf(items.map((each) => (each === item ? other : each))) },
        }),
      };
  }
  return null;
}
