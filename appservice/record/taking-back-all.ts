import type { Meeting } from "../circle/meeting.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import type { RecordEvent } from "./event.ts";
import type { RecordState } from "./state.ts";

/** Events by which all that somebody said and typed in a meeting is taken back; none where nothing of it is left. */
export function takingBackAll(
  { meeting, record }: { readonly meeting: Meeting; readonly record: RecordState },
  who: ParticipantId,
  at: number,
): RecordEvent[] {
  const name = meeting.people.find(({ id }) => id === who)?.name ?? who;
  const said = record.utterances.filter(({ id, speaker }) => speaker === who && !record.gone.has(id));
  const typed = record.comments.filter((comment) => comment.who === who && comment.versions.length > 0);
  return [
    ...said.map(({ id }) => ({ type: "taken-back" as const, id, at, by: who, name, door: "service" as const })),
    ...typed.map(({ id }) => ({ type: "comment-removed" as const, id, by: who, at })),
    ...record.waiting.filter((each) => each.who === who).map(({ id }) => ({ type: "comment-dropped" as const, id })),
  ];
}
