import { createHash } from "node:crypto";
import { withoutEnd } from "../../protocol/without-end.ts";

/** Id of a task, the same for the same words of the same utterance, however often the minutes are made. */
export function taskId(utterance: string, sentence: string): string {
  return `t${createHash("sha256").update(`${utterance}\n${sentence}`).digest("hex").slice(0, 16)}`;
}

const LONGEST = 140;

/** Title in the words said, shortened at a word, never reworded. */
export function titled(said: string): string {
  const text = withoutLooseEnd(said.trim());
  const short =
    text.length <= LONGEST
      ? text
      : `${withoutEnd(
          [...text.slice(0, 2 * LONGEST)]
            .slice(0, LONGEST)
            .join("")
            .replace(/(?<!\s)\s+\S*$/u, ""),
          MARK,
        )}…`;
  return short.charAt(0).toLocaleUpperCase() + short.slice(1);
}

const MARK = /[\s.,;:—–-]/u;
const JOINING = /\s(?:and|so|then|и|а|но)$/iu;
const LONGEST_JOINING = 5;

/** Removes the end that joins it to the next thought. */
function withoutLooseEnd(said: string): string {
  for (let bare = withoutEnd(said, MARK); ; ) {
    const joining = JOINING.exec(bare.slice(-LONGEST_JOINING));
    if (!joining) return bare;
    bare = withoutEnd(bare.slice(0, bare.length - joining[0].length), MARK);
  }
}
