import { snapshotOf } from "../circle/snapshot.ts";
import { endOf } from "../circle/meeting.ts";
import type { WrittenMeeting } from "../minutes/evaluate/written-meeting.ts";
import { correctionsOf } from "../protocol/correction.ts";
import type { MinutesEntry, MinutesResult } from "../protocol/meeting-record.ts";
import { entryId } from "../protocol/minutes-key.ts";
import { recordOf } from "../record/view.ts";
import type { MeetingKept } from "./kept-meetings.ts";

/**
 * A kept meeting as an example to measure sets by: what was said and typed in it, and of its minutes what people made
 * of them. Null where it is not over, nothing was said, or nobody touched its minutes: it says nothing of what they
 * should be.
 */
export function exampleOf({ meeting, record }: MeetingKept): WrittenMeeting | null {
  const end = endOf(meeting);
  if (end === null || record.utterances.length === 0) return null;
  const isTouched = (of: "task" | "decision" | "question" | "summary", id: string) =>
    correctionsOf(record.corrections, { of, id }).length > 0;
  const results = record.minutes.map(({ result }) => result);
  const judged = {
    tasks: results.flatMap(ofForm("tasks", ({ tasks }) => tasks)).filter(({ id }) => isTouched("task", id)),
    decisions: results
      .flatMap(ofForm("decisions", ({ decisions }) => decisions))
      .filter(({ id }) => isTouched("decision", id)),
    questions: results
      .flatMap(ofForm("questions", ({ questions }) => questions))
      .filter(({ id }) => isTouched("question", id)),
  };
  const reworded = record.minutes.find((entry) => isOfMeeting(entry) && isTouched("summary", entryId(entry)));
  const none = Object.values(judged).every((items) => items.length === 0);
  if (none && !reworded) return null;
  const stands = ({ status }: { readonly status: string }) => status !== "dropped" && status !== "suggested";
  return {
    name: meeting.id,
    meeting: snapshotOf(meeting, end),
    record: { ...recordOf(meeting, record), minutes: [], corrections: [] },
    tasks:
      judged.tasks.length === 0
        ? null
        : judged.tasks.filter(stands).map(({ title, owner, due }) => ({ title, owner, due })),
    summary: reworded ? textOf(reworded.result) : null,
    matters:
      judged.decisions.length + judged.questions.length === 0
        ? null
        : {
            decisions: judged.decisions.filter(stands).map(({ text }) => text),
            questions: judged.questions
              .filter(stands)
              .map(({ text, status }) => ({ text, answered: status === "answered" })),
            relations: [],
          },
    claims: null,
    lines: new Map(),
  };
}

type OfForm<F extends MinutesResult["form"]> = Extract<MinutesResult, { form: F }>;

function ofForm<F extends MinutesResult["form"], T>(form: F, items: (result: OfForm<F>) => T[]) {
  return (result: MinutesResult): T[] => (isForm(result, form) ? items(result) : []);
}

function isForm<F extends MinutesResult["form"]>(result: MinutesResult, form: F): result is OfForm<F> {
  return result.form === form;
}

function isOfMeeting({ about, result }: MinutesEntry): boolean {
  return about.kind === "meeting" && result.form === "summary";
}

function textOf(result: MinutesResult): string {
  return result.form === "summary" ? result.sentences.map(({ text }) => text).join(" ") : "";
}
