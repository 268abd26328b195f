import type { ParticipantId } from "../../protocol/identity.ts";
import type { KnownBy } from "../../protocol/meeting-graph.ts";
import type { MeetingRecord, MinutesResult, Task } from "../../protocol/meeting-record.ts";
import { calledOutDecisions, decisionsOf, questionsOf, tasksOf } from "../../protocol/record-contents.ts";

/** Results of the minutes as the graph needs them. Only here does it look into the record for them. */
export type Result = {
  readonly id: string;
  readonly text: string;
  readonly from: readonly string[];
  readonly speaker: ParticipantId | null;
  readonly circle: number | null;
  readonly knownBy: KnownBy;
};

export function decisionsIn(record: MeetingRecord): Result[] {
  const calledOut = new Set(calledOutDecisions(record.utterances).map(({ id }) => id));
  return decisionsOf(record).map(({ id, text, from, status, source: { speaker, circle } }) => {
    const knownBy = calledOut.has(id) ? "meeting" : status === "confirmed" ? "people" : methodOf(record, id);
    return { id, text, from, speaker, circle, knownBy };
  });
}

/** Lists questions that the minutes know of: found open, or confirmed as such. */
export function questionsIn(record: MeetingRecord): Result[] {
  return questionsOf(record).map(({ id, text, from, status, source: { speaker, circle } }) => ({
    id,
    text,
    from,
    speaker,
    circle,
    knownBy: status === "suggested" ? methodOf(record, id) : "people",
  }));
}

export function tasksIn(record: MeetingRecord): (Result & Pick<Task, "owner">)[] {
  const said = new Map(record.utterances.map((utterance) => [utterance.id, utterance]));
  const typed = new Map(record.comments.map((comment) => [comment.id, comment]));
  return tasksOf(record).map(({ id, title, owner, from, status }) => {
    const [source = ""] = from;
    const { circle = null } = said.get(source) ?? typed.get(source) ?? {};
    const speaker = said.get(source)?.speaker ?? typed.get(source)?.who ?? null;
    return {
      id,
      text: title,
      owner,
      from,
      speaker,
      circle,
      knownBy: status === "suggested" ? methodOf(record, id) : "people",
    };
  });
}

/** Method by which a result was found that nobody has confirmed. */
function methodOf({ minutes }: MeetingRecord, found: string): KnownBy {
  return minutes.findLast(({ result }) => idsIn(result).includes(found))?.madeBy.method ?? "rules";
}

function idsIn(result: MinutesResult): string[] {
  if (result.form === "tasks") return result.tasks.map(({ id }) => id);
  if (result.form === "questions") return result.questions.map(({ id }) => id);
  return result.form === "decisions" ? result.decisions.map(({ id }) => id) : [];
}
