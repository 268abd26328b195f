import type { Comment } from "../protocol/meeting-record.ts";

/** Version of a comment; `edit` is null for the text typed first. */
type Version = { readonly edit: string | null; readonly at: number; readonly text: string };

/**
 * `longest`: how long its text ever was. A comment that was taken back leaves an empty place, so that its message can
 * be emptied, too: `removed` says that nothing is to be seen of it, and `versions` is empty where it is gone for good.
 */
export type KeptComment = Comment & {
  readonly removed: boolean;
  readonly longest: number;
  readonly versions: readonly Version[];
};

/** `edit`: the event that changed it. Edits from before both were noted hold in the order in which they came. */
type Edit = { readonly text: string; readonly edit?: string | undefined; readonly at?: number | undefined };

export function typed(comment: Comment): KeptComment {
  const { at, text } = comment;
  return { ...comment, removed: text === "", longest: text.length, versions: [{ edit: null, at, text }] };
}

export function wordedBy({ versions }: KeptComment, edit: string): boolean {
  return versions.some((version) => version.edit === edit);
}

export function reworded(comment: KeptComment, { edit, at, text }: Edit): KeptComment {
  const newest = comment.versions.reduce((last, version) => Math.max(last, version.at), 0);
  return worded({ ...comment, longest: Math.max(comment.longest, text.length) }, [
    ...comment.versions,
    { edit: edit ?? null, at: at ?? newest, text },
  ]);
}

export function withoutEdit(comment: KeptComment, edit: string): KeptComment {
  return worded(
    comment,
    comment.versions.filter((version) => version.edit !== edit),
  );
}

/**
 * Gives a comment its present text: the first one stands until it is edited; of edits, whichever order they arrive in,
 * the one that was made last (Matrix specification, "Event replacements").
 */
function worded(comment: KeptComment, versions: readonly Version[]): KeptComment {
  const [first, ...edits] = versions;
  const text =
    edits.reduce<Version | undefined>((last, edit) => (last && last.at > edit.at ? last : edit), undefined)?.text ??
    first?.text ??
    "";
  return { ...comment, text, removed: text === "", versions };
}

/** Comment as everybody may see it. */
export function shownComment({ id, circle, turn, who, name, at, text }: KeptComment): Comment {
  return { id, circle, turn, who, name, at, text };
}
