import { z } from "zod";
import type { ParticipantId } from "../../protocol/identity.ts";
import type { Task, Utterance } from "../../protocol/meeting-record.ts";
import type { RunInput } from "../plugin.ts";
import { dayAt } from "../tasks/days.ts";
import { dueDate } from "../tasks/due-date.ts";
import { withoutRepetition, type TasksGround } from "../tasks/find-tasks.ts";
import { taskId } from "../tasks/task-title.ts";
import { nameFinder } from "../../language/names/names.ts";
import { spokenText } from "../text/sentences.ts";
import { contentStems, normalise } from "../text/words.ts";
import { askInParts } from "./ask-in-parts.ts";
import { grounded } from "./grounding.ts";
import { LlmError, type Llm } from "./llm.ts";
import { promptsIn } from "./prompts/prompts.ts";

const Answer = z.object({
  tasks: z.array(
    z.object({
      title: z.string().min(1),
      owner: z.string().nullable(),
      due: z.string().nullable(),
      from: z.array(z.number().int()),
    }),
  ),
});

/**
 * Writes tasks by a language model. It only points: the owner must be a participant who speaks or is named where it
 * points to, and the date is read from words that were said there. Tasks called one aloud are there in any case.
 */
export async function writeTasks(
  input: RunInput,
  llm: Llm,
  ground: TasksGround,
  byRule: readonly Task[],
): Promise<Task[]> {
  const system = promptsIn(input.language).tasks(input.people.map((person) => person.name));
  const utterances = new Map(input.utterances.map((utterance) => [utterance.id, utterance]));
  const names = new Set(input.people.flatMap((person) => contentStems(person.name)));

  const found: Task[] = [];
  for (const { answer, part } of await askInParts(input, llm, { name: "tasks", system, schema: Answer })) {
    for (const claim of answer.tasks) {
      const kept = grounded({ text: claim.title, from: claim.from }, part, utterances, names);
      if (!kept) input.warn("a task of the language model rests on nothing that was said and is dropped");
      else
        found.push(
          taskOf(
            kept.text,
            kept.from.map((id) => utterances.get(id)!),
            claim,
            ground,
          ),
        );
    }
  }
  // Small models often find none; rules that seldom err then know better.
  if (found.length === 0 && byRule.length > 0)
    throw new LlmError("ungrounded", "the model finds no task where there are some");
  return withoutRepetition([...byRule.filter((task) => task.status === "open"), ...found], input.people);
}

function taskOf(
  title: string,
  said: readonly Utterance[],
  claim: { owner: string | null; due: string | null },
  ground: TasksGround,
): Task {
  return {
    id: taskId(said.map((utterance) => utterance.id).join(), title),
    title,
    owner: ownerOf(claim.owner, said, ground),
    due: dueOf(claim.due, said, ground),
    from: said.map((utterance) => utterance.id),
    status: "suggested",
  };
}

function ownerOf(name: string | null, said: readonly Utterance[], { people }: TasksGround): ParticipantId | null {
  const namesIn = nameFinder(people);
  const meant =
    name === null
      ? null
      : (only(people.filter((person) => normalise(person.name) === normalise(name)))?.id ??
        namesIn(name)[0]?.person ??
        null);
  const concerned = said.flatMap((utterance) => [
    utterance.speaker,
    ...namesIn(spokenText(utterance)).map((each) => each.person),
  ]);
  return meant !== null && concerned.includes(meant) ? meant : null;
}

/** Returns the one that was found; of two people of one name nobody knows who is meant. */
function only<T>(found: readonly T[]): T | null {
  return found.length === 1 ? found[0]! : null;
}

function dueOf(words: string | null, said: readonly Utterance[], { timeZone }: TasksGround): string | null {
  if (words === null) return null;
  const where = said.find((utterance) => normalise(spokenText(utterance)).includes(normalise(words.trim())));
  return where ? dueDate(words, dayAt(where.startedAt, timeZone)) : null;
}
