import { z } from "zod";
import type { ParticipantId } from "../../protocol/identity.ts";
import type { Task, Utterance } from "../../protocol/meeting-record.ts";
import type { RunInput } from "../plugin.ts";
import { turnsOfOthers } from "../../journal/parts-of-work.ts";
import { dayAt } from "../tasks/days.ts";
import { dueDate } from "../tasks/due-date.ts";
import type { TasksGround } from "../tasks/find-tasks.ts";
import { taskId } from "../tasks/task-title.ts";
import { nameFinder } from "../../language/names/names.ts";
import { spokenText } from "../text/sentences.ts";
import { normalise } from "../text/words.ts";
import { askInParts } from "./ask-in-parts.ts";
import { checkedClaims } from "./claim-check.ts";
import { claimed } from "./claimed.ts";
import type { Llm } from "./llm.ts";
import { promptsIn } from "./prompts/prompts.ts";
import { withoutFlood } from "./without-flood.ts";

const FORM = {
  key: "tasks",
  element: z.object({
    title: claimed.text,
    owner: claimed.name.nullable(),
    due: claimed.name.nullable(),
    from: claimed.from,
  }),
  most: 20,
};

/**
 * Finds tasks by a language model. It only points: the owner must be a participant who speaks or is named where it
 * points to, and the date is read from words that were said there.
 */
export async function writeTasks(input: RunInput, llm: Llm, ground: TasksGround): Promise<Task[]> {
  const system = promptsIn(input.language).tasks(input.people.map((person) => person.name));
  const utterances = new Map(input.utterances.map((utterance) => [utterance.id, utterance]));
  const asked = await askInParts(input, llm, { system, form: FORM });
  const checked = await checkedClaims(input, llm, "task", asked, ({ title }) => title);
  const found: Task[] = [];
  const others = turnsOfOthers();
  for (const { claim, kept } of checked) {
    await others();
    const said = kept.from.flatMap((id) => utterances.get(id) ?? []);
    found.push(taskOf(kept.text, said, claim, ground));
  }
  return withoutFlood(found, input);
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
