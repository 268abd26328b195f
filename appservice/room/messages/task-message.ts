import type { MinutesEntry, Task } from "../../protocol/meeting-record.ts";
import { CONTENT_KEY } from "../../protocol/namespace.ts";
import type { Wording } from "../record-posts.ts";
import { marksLine } from "../marks.ts";
import { correctedData, correctedLines } from "./corrected-lines.ts";
import { type Line, notice, type RoomContent } from "./message.ts";
import { madeByLine } from "./summary-message.ts";

/** One task, in the meeting's thread. */
export function taskMessage(task: Task, { madeBy }: MinutesEntry, wording: Wording): RoomContent {
  const made = wording.correctionsOf({ of: "task", id: task.id });
  const outside = wording.outside(task.id);
  const lines = [...taskLines(task, wording), madeByLine(madeBy, wording), ...correctedLines(made, wording)];
  const data = { ...task, madeBy, ...(outside ? { outside } : {}) };
  return notice(lines.filter((line) => line !== ""), { [CONTENT_KEY.task]: data, ...correctedData(made) });
}

/** What a task is, whose, until when, who said so, and where else it stands. */
export function taskLines(task: Task, wording: Wording): Line[] {
  const { t, nameOf, date } = wording;
  const box = { suggested: "☐", open: "☐", done: "☑", dropped: "☒" }[task.status];
  const facts = [
    task.owner && t("task.owner", { owner: nameOf(task.owner) }),
    task.due && t("task.due", { due: date(task.due) }),
    task.status === "suggested" && t("task.suggested"),
    task.status === "dropped" && t("task.dropped"),
    marksLine("task", task.status, t),
  ].filter((fact) => typeof fact === "string" && fact !== "");
  return [{ heading: `${box} ${task.title}` }, facts.join(" · "), ...confirmedLines(task, wording), ...outsideLines(task, wording)];
}

/** Whoever made a task of a suggestion stands for it. */
function confirmedLines({ id, status }: Task, { t, correctionsOf }: Wording): Line[] {
  const confirmed = correctionsOf({ of: "task", id }).find((made) => made.of === "task" && made.before.status === "suggested" && made.after.status !== "dropped");
  return confirmed && status !== "suggested" ? [{ small: t("task.confirmed", { name: confirmed.name }) }] : [];
}

function outsideLines({ id }: Task, { t, outside }: Wording): Line[] {
  const stands = outside(id);
  if (!stands) return [];
  const where = t("tasks.outside", { target: stands.target });
  return [stands.url === null ? { small: where } : { link: where, href: stands.url }];
}
