import { titleBesideDate } from "../../language/without-day.ts";
import type { MinutesEntry, Task } from "../../protocol/meeting-record.ts";
import { CONTENT_KEY } from "../../protocol/namespace.ts";
import type { Wording } from "../wording.ts";
import { correctedData, correctedFacts, droppedText } from "./corrected-lines.ts";
import { notice, type RoomContent, type Span } from "./message.ts";

export const TASK_BOX = { suggested: "☐", open: "☐", done: "☑", dropped: "☒" } as const;

/** Task on one line, in the meeting's thread. */
export function taskMessage(task: Task, { madeBy }: MinutesEntry, wording: Wording): RoomContent {
  const made = wording.correctionsOf({ of: "task", id: task.id });
  const outside = wording.outside(task.id);
  const data = { ...task, madeBy, ...(outside ? { outside } : {}) };
  return notice([taskLine(task, wording)], { [CONTENT_KEY.task]: data, ...correctedData(made) });
}

/** Line of a task: its text, owner, day and status, and where else it stands; `more`: further facts about it. */
export function taskLine(task: Task, wording: Wording, more: readonly string[] = []): readonly Span[] {
  const { nameOf, day } = wording;
  const facts: Span[] = [
    ...(task.owner ? [nameOf(task.owner)] : []),
    ...(task.due ? [day(task.due)] : []),
    ...statusSpans(task, wording),
    ...outsideSpans(task, wording),
    ...more.map((small) => ({ small })),
    ...correctedFacts(wording.correctionsOf({ of: "task", id: task.id }), wording).map((small) => ({ small })),
  ];
  return [
    { strong: `${TASK_BOX[task.status]} ${titleBesideDate(task)}` },
    ...facts.flatMap((fact): Span[] => [" · ", fact]),
  ];
}

function statusSpans({ id, status }: Task, { t, correctionsOf }: Wording): Span[] {
  const made = correctionsOf({ of: "task", id });
  if (status === "suggested") return [{ small: t("task.suggested") }];
  if (status === "dropped") return [{ small: droppedText(made, "task.dropped", t) }];
  // A person who made a task of a suggestion stands for it.
  const confirmed = made.find(
    (each) => each.of === "task" && each.before.status === "suggested" && each.after.status !== "dropped",
  );
  return confirmed ? [{ small: t("task.confirmed", { name: confirmed.name }) }] : [];
}

function outsideSpans({ id }: Task, { t, outside }: Wording): Span[] {
  const stands = outside(id);
  if (!stands) return [];
  const where = t("tasks.outside", { target: stands.target });
  return [stands.url === null ? where : { link: where, href: stands.url }];
}
