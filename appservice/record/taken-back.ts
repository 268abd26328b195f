import type { MinutesEntry, MinutesResult, Segment } from "../protocol/meeting-record.ts";
import { entryId } from "../protocol/minutes-key.ts";
import { isCalledOut } from "../protocol/spoken-command.ts";

/** Stands where the words were of something that rested on what was taken back. */
export const NO_WORDS = "—";

type Gone = Pick<ReadonlySet<string>, "has" | "size">;
type Resting = { readonly from: readonly string[] };

const touches = ({ from }: Resting, gone: Gone) => from.some((id) => gone.has(id));

/**
 * A result without what rests on words that were taken back: its sentences go, a task, decision or question keeps its
 * place and loses its words.
 */
export function withoutWords<T extends Pick<MinutesEntry, "result">>(entry: T, gone: Gone): T {
  return gone.size === 0 || !restsOnGone(entry.result, gone)
    ? entry
    : { ...entry, result: resultWithout(entry.result, gone) };
}

function resultWithout(result: MinutesResult, gone: Gone): MinutesResult {
  switch (result.form) {
    case "summary":
      return { ...result, sentences: result.sentences.filter((sentence) => !touches(sentence, gone)) };
    case "tasks":
      return {
        ...result,
        tasks: result.tasks.map((task) =>
          touches(task, gone) ? { ...task, title: NO_WORDS, due: null, status: "dropped" } : task,
        ),
      };
    case "decisions":
      return {
        ...result,
        decisions: result.decisions.map((decision) =>
          touches(decision, gone) ? { ...decision, text: NO_WORDS, status: "dropped" } : decision,
        ),
      };
    case "questions":
      return {
        ...result,
        questions: result.questions.map((question) =>
          touches(question, gone) ? { ...question, text: NO_WORDS, status: "dropped" } : question,
        ),
      };
    default:
      return result;
  }
}

function restsOnGone(result: MinutesResult, gone: Gone): boolean {
  return restingIn(result).some((each) => touches(each, gone));
}

/** Parts of a result that rest on something said or typed; sentences of a summary have no id. */
export function restingIn(result: MinutesResult): readonly (Resting & { readonly id?: string })[] {
  switch (result.form) {
    case "summary":
      return result.sentences;
    case "tasks":
      return result.tasks;
    case "decisions":
      return result.decisions;
    case "questions":
      return result.questions;
    default:
      return [];
  }
}

/** A result of which nothing is known on what it rests, or that has been made anew since: none of its words stays. */
export function emptied(entry: MinutesEntry): MinutesEntry {
  switch (entry.result.form) {
    case "summary":
      return { ...entry, result: { ...entry.result, sentences: [] } };
    case "note":
      return { ...entry, result: { ...entry.result, title: "", text: "" } };
    case "graph":
      return { ...entry, result: { ...entry.result, same: [] } };
    default:
      return entry;
  }
}

/** Parts of a result that people may correct and that rest on something taken back: `of id`, as corrections name it. */
export function touchedIn(entry: MinutesEntry, gone: Gone): string[] {
  const { result } = entry;
  if (result.form === "summary") return restsOnGone(result, gone) ? [named("summary", entryId(entry))] : [];
  const of = { tasks: "task", decisions: "decision", questions: "question", note: null, graph: null }[result.form];
  return of === null
    ? []
    : restingIn(result).flatMap((item) => (item.id !== undefined && touches(item, gone) ? [named(of, item.id)] : []));
}

export function named(of: string, id: string): string {
  return `${of} ${id}`;
}

/**
 * Commands among the segments. One said to the facilitator alone stays where it was said; one called out to the circle
 * is words of its speaker.
 */
export function ordersIn(segments: readonly Segment[]): Segment[] {
  return segments.filter(({ kind, command }) => kind === "command" && !(command && isCalledOut(command)));
}
