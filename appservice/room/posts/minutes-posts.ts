import type { Post } from "../../journal/post.ts";
import type { ItemKey } from "../../journal/post-key.ts";
import type { MinutesEntry } from "../../protocol/meeting-record.ts";
import { summaryKey } from "../correct-by-reply.ts";
import { OFFERED_MARKS } from "../marks.ts";
import { decisionMessage, questionMessage } from "../messages/item-message.ts";
import { noteMessage } from "../messages/note-message.ts";
import { circleSummaryMessage, participantSummaryMessage } from "../messages/summary-message.ts";
import { taskMessage } from "../messages/task-message.ts";
import { restsOf, restsOfEntry, restsOfItem } from "../rests.ts";
import type { MinutesState, Wording } from "../wording.ts";
import type { InThread } from "./post.ts";

/** Summary of a circle by a language model or a person; once the circle is over. */
export function circleSummaryPosts(minutes: MinutesState, index: number, inThread: InThread, wording: Wording): Post[] {
  const entry = minutes.made.findLast(
    ({ about, result }) => about.kind === "circle" && about.circle === index && result.form === "summary",
  );
  return entry?.result.form === "summary"
    ? [
        inThread(
          { kind: "circle-summary", circle: index },
          circleSummaryMessage(entry, entry.result, wording),
          restsOfEntry(entry, wording),
        ),
      ]
    : [];
}

/** Summaries of one person: of a turn, of a circle, of the meeting. */
export function summaryPosts(
  minutes: MinutesState,
  here: (about: MinutesEntry["about"]) => boolean,
  inThread: InThread,
  wording: Wording,
): Post[] {
  return minutes.made.flatMap((entry) => {
    const { about, result } = entry;
    const key = summaryKey(entry);
    // People who said nothing have nothing to be summed up.
    if (
      key === null ||
      !("participant" in about) ||
      !here(about) ||
      result.form !== "summary" ||
      result.sentences.length === 0
    )
      return [];
    return [inThread(key, participantSummaryMessage(entry, about, result, wording), restsOfEntry(entry, wording))];
  });
}

export function* itemPosts(entry: MinutesEntry, inThread: InThread, wording: Wording): Generator<Post[]> {
  const { result } = entry;
  switch (result.form) {
    case "decisions":
      for (const decision of result.decisions)
        yield withMarks(
          { kind: "decision", id: decision.id },
          (key) => inThread(key, decisionMessage(decision, entry, wording), restsOfItem("decision", decision, wording)),
          decision.status === "suggested",
        );
      break;
    case "questions":
      for (const question of result.questions)
        yield withMarks(
          { kind: "question", id: question.id },
          (key) => inThread(key, questionMessage(question, entry, wording), restsOfItem("question", question, wording)),
          question.status === "suggested" || question.status === "open",
        );
      break;
    case "tasks":
      for (const task of result.tasks)
        yield withMarks(
          { kind: "task", id: task.id },
          (key) => inThread(key, taskMessage(task, entry, wording), restsOfItem("task", task, wording)),
          task.status === "suggested" || task.status === "open",
        );
      break;
  }
}

/**
 * Adds marks to press on a thing that waits for somebody's decision; a tap is enough. Settled things keep the marks
 * they have.
 */
function withMarks(key: ItemKey, itemUnder: (key: ItemKey) => Post, waits: boolean): Post[] {
  const item = itemUnder(key);
  if (!waits) return [item];
  return [
    item,
    ...OFFERED_MARKS.map(
      (sign): Post => ({
        ...item,
        key: { kind: "mark", on: key, sign },
        thread: key,
        content: { key: sign },
        type: "m.reaction",
      }),
    ),
  ];
}

export function notePosts(
  minutes: MinutesState,
  here: (about: MinutesEntry["about"]) => boolean,
  inThread: InThread,
): Post[] {
  return minutes.made.flatMap((entry) =>
    entry.result.form === "note" && entry.result.text.trim() !== "" && here(entry.about)
      ? [
          inThread(
            { kind: "note", plugin: entry.madeBy.plugin, about: entry.about },
            noteMessage(entry, entry.result),
            restsOf(entry.result),
          ),
        ]
      : [],
  );
}
