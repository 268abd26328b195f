import type { CorrectionMade } from "./correction.ts";

/**
 * Tells whether a correction put something into other words, or gave a task to somebody else or another day; a status
 * alone is none.
 */
export function changesWords(made: CorrectionMade): boolean {
  switch (made.of) {
    case "utterance":
    case "summary":
      return true;
    case "task":
      return (
        made.before.title !== made.after.title ||
        made.before.owner !== made.after.owner ||
        made.before.due !== made.after.due
      );
    case "decision":
    case "question":
      return made.before.text !== made.after.text;
  }
}
