import { personNamed } from "../../circle/person-named.ts";
import { meaningOf } from "../../language/command-words.ts";
import type { TaskFacts } from "../../protocol/correction.ts";
import { withMentions } from "../../protocol/mentions.ts";
import { visible } from "../../protocol/visible.ts";
import type { ParticipantId } from "../../protocol/identity.ts";
import { isOfDates } from "./words-of-dates.ts";
import { withoutEnd } from "../../protocol/without-end.ts";

type Person = { readonly id: ParticipantId; readonly name: string };

export type TaskEdit =
  | { readonly change: Partial<TaskFacts> }
  /** Several people have that name: nobody is chosen for them. */
  | { readonly problem: "several"; readonly words: string; readonly choices: readonly string[] }
  | { readonly problem: "unknown"; readonly words: string };

type Knowledge = {
  readonly people: readonly Person[];
  /** People whom the message mentions. */
  readonly mentioned: readonly ParticipantId[];
  /** Reads the day that words name; null: none. */
  readonly dayNamed: (words: string) => string | null;
};

const MOST_NAME_WORDS = 4;
/** A title of 300 letters, and whatever may stand beside it. */
const LONGEST = 1_000;

/**
 * Reads a reply to a task: “@Ann by Friday”, “к пятнице”, “Анна”, “title: Water the roofs”, “no date”, “done”, one
 * after another.
 */
export function readTaskEdit(text: string, knowledge: Knowledge): TaskEdit {
  const change: Partial<TaskFacts> = {};
  if (text.length > LONGEST) return { problem: "unknown", words: text };
  for (const line of text
    .split("\n")
    .map((each) => visible(each).trim())
    .filter(Boolean)) {
    const edit = readLine(line, knowledge);
    if ("problem" in edit) return edit;
    Object.assign(change, edit.change);
  }
  return Object.keys(change).length > 0 ? { change } : { problem: "unknown", words: text };
}

function readLine(line: string, knowledge: Knowledge): TaskEdit {
  const colon = line.indexOf(":");
  const title = unquoted(withMentions(line.slice(colon + 1), ({ label }) => label));
  if (colon > 0 && title !== "" && meaningOf(line.slice(0, colon).trimEnd(), ["word.task.title"]))
    return { change: { title } };
  const said = withMentions(line, ({ id }) => id);
  const whole = readPart(said, knowledge);
  if (!("problem" in whole) || whole.problem === "several" || !/[,;]/.test(said)) return whole;
  const change: Partial<TaskFacts> = {};
  for (const part of said
    .split(/[,;]/)
    .map((each) => each.trim())
    .filter(Boolean)) {
    const edit = readPart(part, knowledge);
    if ("problem" in edit) return edit;
    Object.assign(change, edit.change);
  }
  return { change };
}

/** A date, a person, or the one before the other. Words that are only half understood count as not understood. */
function readPart(given: string, knowledge: Knowledge): TaskEdit {
  const part = withoutEnd(given, /[.!]/).trim();
  const said = ofOneWord(part);
  if (said) return { change: said };
  const due = dateIn(part, knowledge);
  if (due) return { change: { due } };
  const words = part.split(/\s+/);
  for (let count = Math.min(MOST_NAME_WORDS, words.length); count > 0; count--) {
    for (const [name, rest] of [
      [words.slice(0, count), words.slice(count)],
      [words.slice(-count), words.slice(0, -count)],
    ] as const) {
      const date = rest.length === 0 ? null : dateIn(rest.join(" "), knowledge);
      if (rest.length > 0 && date === null) continue;
      const owner = ownerNamed(name.join(" "), knowledge);
      if (owner === null) continue;
      if ("problem" in owner) return owner;
      return { change: { owner: owner.id, ...(date ? { due: date } : {}) } };
    }
  }
  return { problem: "unknown", words: given };
}

function ofOneWord(words: string): Partial<TaskFacts> | null {
  const meaning = meaningOf(words, [
    "word.task.nobody",
    "word.task.no-date",
    "word.task.done",
    "word.task.open",
    "word.task.drop",
  ]);
  switch (meaning) {
    case "word.task.nobody":
      return { owner: null };
    case "word.task.no-date":
      return { due: null };
    case "word.task.done":
      return { status: "done" };
    case "word.task.open":
      return { status: "open" };
    case "word.task.drop":
      return { status: "dropped" };
    case null:
      return null;
  }
}

/** Date in words that are nothing else: a sentence in which one occurs says more than we would understand. */
function dateIn(words: string, { dayNamed }: Knowledge): string | null {
  const [iso] = /^\d{4}-\d{2}-\d{2}$/.exec(words) ?? [];
  return iso ?? (isOfDates(words) ? dayNamed(words) : null);
}

function ownerNamed(
  words: string,
  { people, mentioned }: Knowledge,
): { id: ParticipantId } | Extract<TaskEdit, { problem: "several" }> | null {
  const name = words.replace(/^(?:to|for|who|owner|кто|для|ответственн\p{L}+)\s*:?\s+/iu, "").replace(/^@(?!\S+:)/, "");
  const found = personNamed(name, people);
  if ("one" in found) return { id: found.one.id };
  if (!("several" in found)) return null;
  const meant = found.several.filter(({ id }) => mentioned.includes(id));
  const [one] = meant;
  return meant.length === 1 && one
    ? { id: one.id }
    : { problem: "several", words: name, choices: found.several.map((each) => each.name) };
}

function unquoted(words: string): string {
  return words
    .trim()
    .replace(/^[“"«„]([\s\S]*)[”"»“]$/u, "$1")
    .trim();
}
