import { likeness, pairsOf } from "./alike.ts";
import { type CorrectionMade, correctionsOf, type Corrigible } from "../protocol/correction.ts";
import type { MinutesEntry } from "../protocol/meeting-record.ts";
import { entryId } from "../protocol/minutes-key.ts";
import type { Searchable } from "../protocol/searchable.ts";

/** A summary that somebody has put into other words is theirs. */
export function isByHand(
  entry: MinutesEntry,
  { corrections }: { readonly corrections: Searchable<CorrectionMade> },
): boolean {
  return correctionsOf(corrections, { of: "summary", id: entryId(entry) }).length > 0;
}

/**
 * A result that was made anew takes the place of the one before it, but for what people have said about its tasks,
 * decisions and questions: those they confirmed, changed, finished or dropped stay as they are. A mere suggestion
 * follows the words it rests on; one that is not found any more is dropped. A summary that somebody put into other
 * words, also while it was being made anew, is never replaced: see `isByHand`.
 */
export function remade(
  before: MinutesEntry,
  fresh: MinutesEntry,
  corrections: Searchable<CorrectionMade>,
): MinutesEntry {
  const made =
    (of: Corrigible["of"]) =>
    ({ id }: { readonly id: string }) =>
      correctionsOf(corrections, { of, id });
  const [old, found] = [before.result, fresh.result];
  if (old.form === "tasks" && found.form === "tasks") {
    return {
      ...fresh,
      result: {
        form: "tasks",
        tasks: itemsRemade(old.tasks, found.tasks, {
          correctionsOf: made("task"),
          textOf: ({ title }) => title,
          dropped: (task) => ({ ...task, status: "dropped" }),
        }),
      },
    };
  }
  if (old.form === "decisions" && found.form === "decisions") {
    return {
      ...fresh,
      result: {
        form: "decisions",
        decisions: itemsRemade(old.decisions, found.decisions, {
          correctionsOf: made("decision"),
          textOf: ({ text }) => text,
          dropped: (decision) => ({ ...decision, status: "dropped" }),
        }),
      },
    };
  }
  if (old.form === "questions" && found.form === "questions") {
    return {
      ...fresh,
      result: {
        form: "questions",
        questions: itemsRemade(old.questions, found.questions, {
          correctionsOf: made("question"),
          textOf: ({ text }) => text,
          dropped: (question) => ({ ...question, status: "dropped" }),
        }),
      },
    };
  }
  return fresh;
}

type Item = { readonly id: string; readonly from: readonly string[] };
type Kind<T> = {
  readonly correctionsOf: (item: T) => readonly CorrectionMade[];
  readonly textOf: (item: T) => string;
  readonly dropped: (item: T) => T;
};

/** Likeness from which on something found is taken for what people touched, whose place it then has no need of. */
const SAME = 0.3;

/**
 * A corrected word gives an item another id, and an utterance may hold several: those that are not found under their id
 * any more come together with the new ones of the same utterances, the most alike first. What people touched finds its
 * own before the suggestions do, and swallows nothing unlike it.
 */
function itemsRemade<T extends Item>(old: readonly T[], found: readonly T[], kind: Kind<T>): T[] {
  const { correctionsOf: made, textOf, dropped } = kind;
  const isTouched = (item: T) => made(item).length > 0;
  const lost = old.filter(({ id }) => !found.some((item) => item.id === id));
  const fresh = found.filter(({ id }) => !old.some((item) => item.id === id));
  const alike = (item: T, other: T) =>
    item.from.some((utterance) => other.from.includes(utterance))
      ? Math.max(...[textOf(item), ...made(item).flatMap(textsBefore)].map((text) => likeness(text, textOf(other))))
      : null;
  const swallowed = new Set(
    pairsOf(lost.filter(isTouched), fresh, (item, other) => {
      const likely = alike(item, other);
      return likely !== null && likely >= SAME ? likely : null;
    }).values(),
  );
  const left = fresh.filter((item) => !swallowed.has(item));
  const reworded = pairsOf(
    lost.filter((item) => !isTouched(item)),
    left,
    alike,
  );
  const kept = old.map((item) => {
    if (isTouched(item)) return item;
    const instead = reworded.get(item);
    return instead ? { ...instead, id: item.id } : (found.find(({ id }) => id === item.id) ?? dropped(item));
  });
  const followed = new Set(reworded.values());
  return [...kept, ...left.filter((item) => !followed.has(item))];
}

/** Text that an item had before people corrected it. */
function textsBefore(made: CorrectionMade): string[] {
  switch (made.of) {
    case "task":
      return [made.before.title];
    case "decision":
    case "question":
      return [made.before.text];
    default:
      return [];
  }
}
