import type { Task } from "../../protocol/meeting-record.ts";
import { contentStems, overlap, words } from "../text/words.ts";

type Item = { readonly from: readonly string[] };

/** Share of the words of the shorter one that two finds on one line have in common when they mean one thing. */
const SAME_ON_A_LINE = 0.5;

/** Index of the item that says the same and rests on a line that this one rests on as well; -1: none. */
function sameOnALine<T extends Item>(item: T, others: readonly T[], wordsOf: (one: T) => string): number {
  const stems = new Set(contentStems(wordsOf(item)));
  return others.findIndex(
    (other) =>
      other.from.some((line) => item.from.includes(line)) &&
      overlap(stems, new Set(contentStems(wordsOf(other)))) >= SAME_ON_A_LINE,
  );
}

/** Lists what the model adds to the finds of the rules: all that they have not found on the same line already. */
export function addedItems<T extends Item & { readonly text: string }>(byRule: readonly T[], found: readonly T[]): T[] {
  return found.filter((item) => sameOnALine(item, byRule, ({ text }) => text) < 0);
}

/**
 * Joins the model's tasks to those of the rules, of which none goes away. A task of both is the rules', with owner, day
 * and title from the model where the rules know none, or none so short. One that contradicts a task called out aloud
 * stands beside it as a suggestion; one that contradicts a suggestion of the rules is left out.
 */
export function joinedTasks(byRule: readonly Task[], found: readonly Task[]): Task[] {
  const all = [...byRule];
  const added: Task[] = [];
  for (const task of found) {
    const place = sameOnALine(task, all, ({ title }) => title);
    const rule = all[place];
    if (!rule) added.push(task);
    else if (contradict(rule, task)) {
      if (rule.status !== "suggested") added.push(task);
    } else all[place] = completed(rule, task);
  }
  return [...all, ...added];
}

function contradict(one: Task, other: Task): boolean {
  const differ = (a: string | null, b: string | null) => a !== null && b !== null && a !== b;
  return differ(one.owner, other.owner) || differ(one.due, other.due);
}

/** Most words of a title that is read at a glance. */
const SHORT_TITLE = 12;

/** The model says what is to be done in better words, as long as it leaves none of the work out. */
function completed(rule: Task, by: Task): Task {
  const [ours, theirs] = [new Set(contentStems(rule.title)), new Set(contentStems(by.title))];
  const better =
    rule.status === "suggested" &&
    words(by.title).length <= SHORT_TITLE &&
    theirs.size >= 2 &&
    (theirs.size >= ours.size / 2 || words(rule.title).length > SHORT_TITLE);
  return {
    ...rule,
    title: better ? by.title : rule.title,
    owner: rule.owner ?? by.owner,
    due: rule.due ?? by.due,
  };
}
