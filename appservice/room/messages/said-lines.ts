import type { RecordState } from "../../record/state.ts";
import type { Decision, GroundedSentence, MinutesEntry, Question, Task } from "../../protocol/meeting-record.ts";
import { isCorrected } from "../../protocol/summary-shown.ts";
import type { MinutesState, Wording } from "../wording.ts";
import type { Line } from "./message.ts";
import { summaryCorrected, summaryLines } from "./summary-message.ts";

type Items = {
  readonly decisions: readonly Decision[];
  readonly tasks: readonly Task[];
  readonly questions: readonly Question[];
};

const MOST_EXCERPTS = 2;
const MOST_WORDS = 25;
/**
 * Most that an excerpt may share with an item found, as a part of the shorter of the two, before it says the same
 * again.
 */
const MOST_SHARE = 0.6;

/**
 * Lines about what was said: the summary that a model or a person wrote; otherwise one or two excerpts that say
 * something new.
 */
export function saidLines(
  entry: MinutesEntry | undefined,
  items: Items,
  { failed }: MinutesState,
  record: RecordState,
  wording: Wording,
): { lines: Line[]; excerpts: boolean } {
  const { t } = wording;
  if (entry?.result.form !== "summary")
    return {
      lines: failed.some(({ about }) => about.kind === "meeting") ? [t("summary.failed")] : [],
      excerpts: false,
    };
  const { sentences } = entry.result;
  if (sentences.length === 0) return { lines: [], excerpts: false };
  if (entry.madeBy.method !== "highlights" || isCorrected(entry, record)) {
    return {
      lines: [
        { heading: t("outcome.said") },
        ...summaryLines(entry.result, entry.madeBy, wording),
        ...summaryCorrected(entry, wording),
      ],
      excerpts: false,
    };
  }
  const chosen = excerptsOf(sentences, items, wording);
  if (chosen.length === 0) return { lines: [], excerpts: false };
  const nameIn = (utterance: string) => {
    const speaker = wording.speakerOf(utterance);
    return speaker === null ? "" : wording.nameOf(speaker);
  };
  const quotes = chosen.map(({ text, from }) => t("outcome.quote", { text, name: nameIn(from[0] ?? "") }));
  return { lines: [[{ strong: t("outcome.how-we-see-it") }, ` ${quotes.join(" ")}`]], excerpts: true };
}

/** Excerpts of different people, short, and none that stands above as a task, a decision or a question. */
function excerptsOf(
  sentences: readonly GroundedSentence[],
  { decisions, tasks, questions }: Items,
  { speakerOf }: Wording,
): GroundedSentence[] {
  const above = [
    ...tasks.map(({ title }) => title),
    ...decisions.map(({ text }) => text),
    ...questions.map(({ text }) => text),
  ].map(wordsOf);
  const chosen: GroundedSentence[] = [];
  for (const sentence of sentences) {
    const words = [...wordsOf(sentence.text)];
    const speaker = speakerOf(sentence.from[0] ?? "");
    const isNew = above.every(
      (other) => words.filter((word) => other.has(word)).length <= MOST_SHARE * Math.min(words.length, other.size),
    );
    const isOthers = chosen.every(({ from }) => speakerOf(from[0] ?? "") !== speaker);
    if (speaker !== null && isNew && isOthers && words.length <= MOST_WORDS && chosen.length < MOST_EXCERPTS)
      chosen.push(sentence);
  }
  return chosen;
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLocaleLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}
