import { createHash } from "node:crypto";

/** The same for the same words of the same utterance, however often the minutes are made. */
export function taskId(utterance: string, sentence: string): string {
  return `t${createHash("sha256").update(`${utterance}\n${sentence}`).digest("hex").slice(0, 16)}`;
}

const LONGEST = 140;

/** Shortened at a word, never reworded. */
export function titled(said: string): string {
  const text = said.trim().replace(/(?:[\s.,;:—–-]+|\s(?:and|so|then|и|а|но))+$/iu, "");
  const short = text.length <= LONGEST ? text : `${[...text].slice(0, LONGEST).join("").replace(/\s+\S*$/u, "").replace(/[\s.,;:—–-]+$/u, "")}…`;
  return short.charAt(0).toLocaleUpperCase() + short.slice(1);
}
