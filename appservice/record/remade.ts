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
  const touched =
    (of: Corrigible["of"]) =>
    ({ id }: { readonly id: string }) =>
      correctionsOf(corrections, { of, id }).length > 0;
  const [old, found] = [before.result, fresh.result];
  if (old.form === "tasks" && found.form === "tasks") {
    return {
      ...fresh,
      result: {
        form: "tasks",
        tasks: itemsRemade(old.tasks, found.tasks, touched("task"), (task) => ({ ...task, status: "dropped" })),
      },
    };
  }
  if (old.form === "decisions" && found.form === "decisions") {
    return {
      ...fresh,
      result: {
        form: "decisions",
        decisions: itemsRemade(old.decisions, found.decisions, touched("decision"), (decision) => ({
          ...decision,
          status: "dropped",
        })),
      },
    };
  }
  if (old.form === "questions" && found.form === "questions") {
    return {
      ...fresh,
      result: {
        form: "questions",
        questions: itemsRemade(old.questions, found.questions, touched("question"), (question) => ({
          ...question,
          status: "dropped",
        })),
      },
    };
  }
  return fresh;
}

type Item = { readonly id: string; readonly from: readonly string[] };

function itemsRemade<T extends Item>(
  old: readonly T[],
  found: readonly T[],
  touched: (item: T) => boolean,
  dropped: (item: T) => T,
): T[] {
  const fresh = newAmong(found, old, old.filter(touched));
  const kept = old.map((item) =>
    touched(item) ? item : (found.find(({ id }) => id === item.id) ?? reworded(item, fresh) ?? dropped(item)),
  );
  return [...kept, ...fresh];
}

/**
 * Finds a suggestion in other words: one that rests on the same utterance as a suggestion not found any more is that
 * suggestion, and stays under its id; it is taken out of `fresh`.
 */
function reworded<T extends Item>(item: T, fresh: T[]): T | null {
  const place = fresh.findIndex(({ from }) => from.some((utterance) => item.from.includes(utterance)));
  const [instead] = place < 0 ? [] : fresh.splice(place, 1);
  return instead ? { ...instead, id: item.id } : null;
}

/**
 * Items found that are new. A corrected word gives an item another id: one that rests on the same utterance as an item
 * that people touched may be just that item.
 */
function newAmong<T extends Item>(found: readonly T[], old: readonly T[], touched: readonly T[]): T[] {
  const lost = touched.filter(({ id }) => !found.some((item) => item.id === id));
  return found.filter((item) => {
    if (old.some(({ id }) => id === item.id)) return false;
    const same = lost.findIndex(({ from }) => from.some((utterance) => item.from.includes(utterance)));
    if (same < 0) return true;
    lost.splice(same, 1);
    return false;
  });
}
