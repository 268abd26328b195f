import type { Decision, MeetingRecord, Question, Task } from "@mindminder/protocol/meeting-record.ts";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";

/** Outcome of a meeting, without what was dismissed or answered. */
export type MeetingOutcome = {
  readonly decisions: readonly Decision[];
  readonly tasks: readonly Task[];
  readonly questions: readonly Question[];
};

export function outcomeOf(record: MeetingRecord | null): MeetingOutcome {
  const results = (record?.minutes ?? []).map(({ result }) => result);
  return {
    decisions: results
      .flatMap((result) => (result.form === "decisions" ? result.decisions : []))
      .filter(({ status }) => status !== "dropped"),
    tasks: results
      .flatMap((result) => (result.form === "tasks" ? result.tasks : []))
      .filter(({ status }) => status !== "dropped"),
    questions: results
      .flatMap((result) => (result.form === "questions" ? result.questions : []))
      .filter(({ status }) => status === "suggested" || status === "open"),
  };
}

/**
 * Suggestions that wait for somebody's yes or no, and those of them that concern one person: theirs to do, or their own
 * words.
 */
export function suggestionsIn(
  record: MeetingRecord | null,
  me: ParticipantId,
): { readonly all: number; readonly mine: number } {
  const { decisions, tasks, questions } = outcomeOf(record);
  const spoken = new Set(record?.utterances.filter(({ speaker }) => speaker === me).map(({ id }) => id));
  const suggested = [...decisions, ...tasks, ...questions].filter(({ status }) => status === "suggested");
  const mine = suggested.filter((each) =>
    "owner" in each && each.owner !== null ? each.owner === me : each.from.some((id) => spoken.has(id)),
  );
  return { all: suggested.length, mine: mine.length };
}
