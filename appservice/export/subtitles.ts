import { timedSentences } from "../protocol/timed-sentences.ts";
import { type Exported, nameIn, offsetIn } from "./exported-meeting.ts";

/**
 * Captions of a meeting, a sentence each, in the order in which they were said; instants are milliseconds from its
 * beginning.
 */
export function cues(exported: Exported): { from: number; to: number; name: string; text: string }[] {
  return exported.record.utterances
    .flatMap((utterance) => timedSentences(utterance).map((sentence) => ({ ...sentence, speaker: utterance.speaker })))
    .map(({ speaker, text, ...said }) => {
      const from = offsetIn(exported, said.from);
      return {
        from,
        to: Math.max(from + 1, offsetIn(exported, said.to)),
        name: oneLine(nameIn(exported, speaker)),
        text: oneLine(text),
      };
    })
    .sort((one, other) => one.from - other.from);
}

/** Writes an instant of a cue; `point`: the sign before the milliseconds. */
export function cueTime(milliseconds: number, point: "." | ","): string {
  const [h, m, s] = [
    Math.floor(milliseconds / 3_600_000),
    Math.floor(milliseconds / 60_000) % 60,
    Math.floor(milliseconds / 1000) % 60,
  ];
  return `${[h, m, s].map((n) => String(n).padStart(2, "0")).join(":")}${point}${String(milliseconds % 1000).padStart(3, "0")}`;
}

/** Puts a text on one line: an empty line, or an arrow, would end a cue. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("-->", "→").trim();
}
