import type { MinutesEntry, Task } from "../../protocol/meeting-record.ts";
import { CONTENT_KEY } from "../../protocol/namespace.ts";
import type { Wording } from "../record-posts.ts";
import { notice, type RoomContent } from "./message.ts";
import { madeByLine } from "./summary-message.ts";

/** One task, in the meeting's thread. */
export function taskMessage(task: Task, { madeBy }: MinutesEntry, wording: Wording): RoomContent {
  const { t, nameOf, date } = wording;
  const box = task.status === "done" ? "☑" : "☐";
  const facts = [
    task.owner && t("task.owner", { owner: nameOf(task.owner) }),
    task.due && t("task.due", { due: date(task.due) }),
    task.status === "suggested" && t("task.suggested"),
  ].filter((fact) => typeof fact === "string" && fact !== "");
  const lines = [{ heading: `${box} ${task.title}` }, facts.join(" · "), madeByLine(madeBy, wording)];
  return notice(lines.filter((line) => line !== ""), { [CONTENT_KEY.task]: { ...task, madeBy } });
}
