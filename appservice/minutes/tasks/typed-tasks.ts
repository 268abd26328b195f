import type { Comment, Task, Utterance } from "../../protocol/meeting-record.ts";
import { withoutLinks } from "../text/links.ts";
import { findTasks, type TasksGround } from "./find-tasks.ts";

/**
 * Finds tasks typed in the room as "task: …", which were called one outright. A promise in passing is left to what
 * people say.
 */
export function typedTasks(comments: readonly Comment[], { people, timeZone }: TasksGround): Task[] {
  return comments.flatMap((comment) => {
    const { text, restored } = withoutLinks(comment.text);
    const lines = taskLines(text)
      .filter((line) => /\p{L}/u.test(line))
      .slice(0, MOST_LINES)
      .map((line) => asUtterance(comment, line));
    const tasks = lines.flatMap((line) =>
      findTasks({ utterances: [line], people, timeZone }).filter(({ status }) => status === "open"),
    );
    return tasks.map((task) => ({ ...task, title: restored(task.title) }));
  });
}

/** Most lines; more than anybody lists in one message. */
const MOST_LINES = 100;

/** Signs that people put before an entry of a list, and around words that are to stand out. */
const BULLET = /^(?:[-*•–—+]|\d{1,3}[.)])\s{1,8}/u;
const BOX = /^\[[ xXхХ✓✔]?\]\s{0,8}/u;
const HEADING = /^(?:tasks|to[- ]?dos?|action items|задачи|задания|поручения)\s{0,4}:$/iu;
const CALLED = /(?<=[.;!)] )(?=(?:task|to[- ]?do|action item|задача|задание|поручение)\s{0,4}:)/giu;

/** Lists the lines, each for itself; those below "Tasks:" are called tasks by it, up to an empty line. */
function taskLines(text: string): string[] {
  let listed = false;
  return text.split("\n").flatMap((typed): string[] => {
    const marked = typed.trim().replaceAll("**", "").replaceAll("__", "");
    const bare = marked.replace(BULLET, "").replace(BOX, "").trim();
    if (bare === "") listed = false;
    if (HEADING.test(bare)) listed = true;
    if (bare === "" || HEADING.test(bare)) return [];
    // A line that is no entry any more is about the list, or about something else.
    if (listed && marked === bare && !/^[\p{L}\p{N}]/u.test(bare)) listed = false;
    return bare
      .split(CALLED)
      .map((part) => (listed && !/^[\p{L} -]{1,20}:/u.test(part) ? `task: ${part}` : part.trim()));
  });
}

/** Makes an utterance of it, which is read by the same rules as speech; its source stays the message. */
function asUtterance({ id, circle, turn, who, at }: Comment, text: string): Utterance {
  return {
    id,
    turn: turn ?? 1,
    circle,
    speaker: who,
    startedAt: at,
    endedAt: at,
    language: null,
    text,
    segments: [{ kind: "speech", text }],
    engine: { id: "typed", model: "" },
  };
}
