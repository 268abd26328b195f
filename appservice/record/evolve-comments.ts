import type { Comment } from "../protocol/meeting-record.ts";
import type { TextChange } from "../protocol/text-change.ts";
import type { RecordEvent } from "./event.ts";
import { forgetWords, undrawn } from "./evolve-taken-back.ts";
import { type KeptComment, reworded, typed, withoutEdit, wordedBy } from "./kept-comment.ts";
import type { RecordState } from "./state.ts";

type Of<T extends RecordEvent["type"]> = Extract<RecordEvent, { type: T }>;

export function commentMade(record: RecordState, comment: Comment): RecordState {
  return { ...commentDropped(record, comment.id), comments: record.comments.appended(typed(comment)) };
}

/** Drops a comment that waited: nothing of it is kept, or all of it stands now. */
export function commentDropped(record: RecordState, id: string): RecordState {
  const { waiting } = record;
  return waiting.length === 0 ? record : { ...record, waiting: waiting.filter((each) => each.id !== id) };
}

export function commentEdited(record: RecordState, event: Of<"comment-edited">): RecordState {
  const after = changeComment(
    record,
    ({ id }) => id === event.id,
    (comment) => reworded(comment, event),
  );
  if (after.changes === record.changes) return after;
  return { ...after, takenBack: after.takenBack.appended(event.id), graph: undrawn(after.graph) };
}

/** Removes an edit that was taken back: the text before it stands again; results made of the edit do not. */
export function editRemoved(record: RecordState, edit: string): RecordState {
  const id = record.comments.find((comment) => wordedBy(comment, edit))?.id;
  if (id === undefined) return record;
  const changed = changeComment(
    record,
    (comment) => wordedBy(comment, edit),
    (comment) => withoutEdit(comment, edit),
  );
  const after = forgetWords(changed, id);
  return { ...after, gone: after.gone.without(id) };
}

/** Leaves an empty place, so that its message can be emptied, too. */
export function commentRemoved(record: RecordState, { id, by }: Of<"comment-removed">): RecordState {
  const place = record.comments.findIndex((comment) => comment.id === id && comment.versions.length > 0);
  const found = record.comments.at(place);
  if (place < 0 || !found) return record;
  const comments = record.comments.with(place, { ...found, text: "", removed: true, versions: [] });
  const changes = record.changes.appended(changeOf(found, by ?? found.who));
  return forgetWords({ ...record, comments, changes }, id);
}

/** Notes a change of text only where it has other words now. */
function changeComment(
  record: RecordState,
  isIt: (comment: KeptComment) => boolean,
  change: (comment: KeptComment) => KeptComment,
): RecordState {
  const place = record.comments.findIndex((comment) => isIt(comment) && comment.versions.length > 0);
  const found = record.comments.at(place);
  if (place < 0 || !found) return record;
  const changed = change(found);
  const after = { ...record, comments: record.comments.with(place, changed) };
  return changed.text === found.text
    ? after
    : { ...after, changes: after.changes.appended(changeOf(found, found.who)) };
}

function changeOf({ circle, turn, who }: KeptComment, by: TextChange["by"]): TextChange {
  return { of: "comments", about: { kind: "turn", circle, turn: turn ?? 0, participant: who }, by };
}
