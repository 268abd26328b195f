import type { CarriedTask } from "../../journal/carried-tasks.ts";
import type { Post } from "../../journal/post.ts";
import { CONTENT_KEY } from "../../protocol/namespace.ts";
import type { Wording } from "../wording.ts";
import { notice, type RoomContent } from "./message.ts";
import { taskLine } from "./task-message.ts";

/** Most tasks of earlier meetings: nobody reads more at the beginning of a meeting. */
const MOST_CARRIED = 15;

/** `from`: on whose words of which meeting it rests. */
type Named = Pick<Post, "key" | "content"> & { readonly from?: Post["rests"] };

/**
 * Tasks that are still open from earlier meetings: a list for the eye, and a message for each, on which it is finished
 * or changed.
 */
export function carriedMessages(carried: readonly CarriedTask[], wording: Wording): Named[] {
  if (carried.length === 0) return [];
  const { t } = wording;
  const shown = carried.slice(0, MOST_CARRIED);
  const more = carried.length - shown.length;
  const head = [
    { heading: t("carried.title", { count: carried.length }) },
    { small: t("carried.how") },
    ...(more > 0 ? [t("carried.more", { count: more })] : []),
  ];
  return [
    { key: { kind: "carried-list" }, content: notice(head) },
    ...shown.map((each) => ({
      key: { kind: "carried" as const, meeting: each.meeting, task: each.task.id },
      content: carriedMessage(each, wording),
      from: { meeting: each.meeting, ids: each.task.from },
    })),
  ];
}

function carriedMessage({ task, meeting, at, people, corrections }: CarriedTask, wording: Wording): RoomContent {
  const own: Wording = {
    ...wording,
    nameOf: (id) => people.find((person) => person.id === id)?.name ?? wording.nameOf(id),
    correctionsOf: () => corrections,
    outside: () => null,
  };
  const line = taskLine(task, own, [
    wording.t("carried.from", { date: wording.day(new Date(at).toISOString().slice(0, 10)) }),
  ]);
  return notice([line], { [CONTENT_KEY.task]: { ...task, meeting } });
}
