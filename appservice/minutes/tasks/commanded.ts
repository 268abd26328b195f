import type { Task, Utterance } from "../../protocol/meeting-record.ts";
import { nameFinder } from "../../language/names/names.ts";
import type { MinutesPerson } from "../person.ts";
import { normalise } from "../text/words.ts";
import { dayAt } from "./days.ts";
import { dueDate } from "./due-date.ts";
import { doer } from "./marked.ts";
import { taskId, titled } from "./task-title.ts";

/**
 * Finds tasks that were heard as a command ("Задача: …") and cut out of the speech: called tasks aloud, so nobody need
 * confirm them.
 */
export function commandedTasks(
  utterances: readonly Utterance[],
  people: readonly MinutesPerson[],
  timeZone: string,
): Task[] {
  const namesIn = nameFinder(people);
  return utterances.flatMap(({ id, speaker, startedAt, segments }) =>
    segments.flatMap(({ command }): Task[] => {
      if (command?.type !== "task") return [];
      const { text } = command;
      const owner = command.owner ?? doer(normalise(text), 0, namesIn(text), speaker);
      return [
        {
          id: taskId(id, text),
          title: titled(text),
          owner,
          due: dueDate(text, dayAt(startedAt, timeZone)),
          from: [id],
          status: "open",
        },
      ];
    }),
  );
}

/** Returns the utterance with the rest of its words, so that no task is found twice. */
export function withoutCommandedTasks(utterance: Utterance): Utterance {
  const segments = utterance.segments.filter(({ command }) => command?.type !== "task");
  if (segments.length === utterance.segments.length) return utterance;
  // Empties the text, which would count where there are no segments.
  return segments.length > 0 ? { ...utterance, segments } : { ...utterance, segments, text: "" };
}
