import type { Comment, Task, Utterance } from "../../protocol/meeting-record.ts";
import { findTasks, type Ground } from "./find-tasks.ts";

/** "task: …" typed in the room: what was called a task outright. A promise in passing is left to what people say. */
export function typedTasks(comments: readonly Comment[], { people, timeZone }: Ground): Task[] {
  return comments.flatMap((comment) => findTasks({ utterances: [asUtterance(comment)], people, timeZone }).filter(({ status }) => status === "open"));
}

/** Read by the same rules as speech; its source stays the message. */
function asUtterance({ id, circle, turn, who, at, text }: Comment): Utterance {
  return {
    id, turn: turn ?? 1, circle, speaker: who, startedAt: at, endedAt: at, language: null, text,
    segments: [{ kind: "speech", text }], engine: { id: "typed", model: "" },
  };
}
