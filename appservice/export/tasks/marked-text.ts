import { markOf, type OutsideTask } from "./outside-task.ts";

/**
 * Text in Markdown with the mark by which its task is known again. Text that people write below the mark stays theirs.
 */
export function markedText(task: OutsideTask, more: readonly string[] = []): string {
  return `${[plain(task.description), ...more].join("\n\n")}\n\n${commentOf(task)}`;
}

/** Writes our part anew and leaves theirs; null where they took our mark away: then the text is theirs. */
export function changedText(before: string, task: OutsideTask, more: readonly string[] = []): string | null {
  const comment = commentOf(task);
  const at = before.indexOf(comment);
  return at < 0 ? null : `${markedText(task, more)}${before.slice(at + comment.length)}`;
}

export function isMarked(text: string | null, task: OutsideTask): boolean {
  return text?.includes(commentOf(task)) ?? false;
}

function commentOf(task: OutsideTask): string {
  return `<!-- ${markOf(task)} -->`;
}

/**
 * Escapes words of people, which call nobody outside and make no markup there: no mentions, no references to issues, no
 * HTML.
 */
function plain(text: string): string {
  return text.replace(/[\\`*_[\]<>#|~]/g, (sign) => `\\${sign}`).replace(/@(?=\w)/g, "@\u200b");
}

/** Shortens a title to one line. */
export function oneLine(title: string, most: number): string {
  const line = title.replace(/\s+/g, " ").trim();
  return [...line].length <= most ? line : `${[...line].slice(0, most - 1).join("")}…`;
}
