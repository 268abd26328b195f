import type { MinutesEntry, Task } from "../../protocol/meeting-record.ts";
import { CONTENT_KEY } from "../../protocol/namespace.ts";
import type { Wording } from "../record-posts.ts";
import { correctedData, correctedLines } from "./corrected-lines.ts";
import { notice, type RoomContent } from "./message.ts";
import { madeByLine } from "./summary-message.ts";

/** One task, in the meeting's thread. */
export function taskMessage(task: Task, { madeBy }: MinutesEntry, wording: Wording): RoomContent {
  const { t, nameOf, date } = wording;
  const box = { suggested: "☐", open: "☐", done: "☑", dropped: "☒" }[task.status];
  const made = wording.correctionsOf({ of: "task", id: task.id });
  const facts = [
    task.owner && t("task.owner", { owner: nameOf(task.owner) }),
    task.due && t("task.due", { due: date(task.due) }),
    task.status === "suggested" && t("task.suggested"),
    task.status === "dropped" && t("task.dropped"),
  ].filter((fact) => typeof fact === "string" && fact !== "");
  const lines = [{ heading: `${box} ${task.title}` }, facts.join(" · "), madeByLine(madeBy, wording), ...correctedLines(made, wording)];
  return notice(lines.filter((line) => line !== ""), { [CONTENT_KEY.task]: { ...task, madeBy }, ...correctedData(made) });
}
