import { type CorrectionMade, correctionsOf } from "../protocol/correction.ts";
import type { MinutesEntry, Task } from "../protocol/meeting-record.ts";

/**
 * A result that was made anew takes the place of the one before it, but for what people have said about its tasks: those they
 * confirmed, changed, finished or dropped stay as they are. A mere suggestion that is not found any more is dropped.
 */
export function remade(before: MinutesEntry, fresh: MinutesEntry, corrections: readonly CorrectionMade[]): MinutesEntry {
  if (before.result.form !== "tasks" || fresh.result.form !== "tasks") return fresh;
  const old = before.result.tasks;
  const found = fresh.result.tasks;
  const touched = ({ id }: Task) => correctionsOf(corrections, { of: "task", id }).length > 0;
  const kept = old.map((task): Task => {
    if (touched(task)) return task;
    return found.find(({ id }) => id === task.id) ?? { ...task, status: "dropped" };
  });
  return { ...fresh, result: { form: "tasks", tasks: [...kept, ...newAmong(found, old, old.filter(touched))] } };
}

/** A corrected word gives a task another id: what rests on the same utterance as one that people touched may be just that one. */
function newAmong(found: readonly Task[], old: readonly Task[], touched: readonly Task[]): Task[] {
  const lost = touched.filter(({ id }) => !found.some((task) => task.id === id));
  return found.filter((task) => {
    if (old.some(({ id }) => id === task.id)) return false;
    const same = lost.findIndex(({ from }) => from.some((utterance) => task.from.includes(utterance)));
    if (same < 0) return true;
    lost.splice(same, 1);
    return false;
  });
}
