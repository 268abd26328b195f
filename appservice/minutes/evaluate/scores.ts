import { wasSaid } from "../../language/as-written.ts";
import { l, n } from "js-rouge";
import type { MinutesEntry, Task, Utterance } from "../../protocol/meeting-record.ts";
import type { MinutesPerson } from "../person.ts";
import { grounded, groundOf } from "../llm/grounding.ts";
import { linesOf } from "../llm/transcript.ts";
import { spokenText } from "../text/sentences.ts";
import { contentStems, overlap, words } from "../text/words.ts";
import type { ReferenceTask } from "./written-meeting.ts";
import { foundFigures } from "./found-scores.ts";

/**
 * F-measures of ROUGE (Lin, 2004) by the package js-rouge, over words in lower case without punctuation, ё as е; no
 * stemming.
 */
export type Rouge = { readonly rouge1: number; readonly rouge2: number; readonly rougeL: number };

export function rouge(made: string, reference: string): Rouge {
  if (words(made).length === 0) return { rouge1: 0, rouge2: 0, rougeL: 0 };
  const tokenizer = (text: string) => words(text);
  return {
    rouge1: n(made, reference, { n: 1, tokenizer }),
    rouge2: words(made).length < 2 ? 0 : n(made, reference, { n: 2, tokenizer }),
    rougeL: l(made, reference, { tokenizer, segmenter: (text) => [text] }),
  };
}

/**
 * Counts the sentences, and those of them that rest on the utterances they name: word for word, or by the check of the
 * minutes.
 */
export function grounding(
  entries: readonly MinutesEntry[],
  utterances: readonly Utterance[],
  people: readonly MinutesPerson[],
): { readonly sentences: number; readonly resting: number } {
  const known = new Map(utterances.map((utterance) => [utterance.id, utterance]));
  const ground = groundOf(utterances, people);
  const sentences = entries.flatMap(({ result }) => (result.form === "summary" ? result.sentences : []));
  const resting = sentences.filter(({ text, from }) => {
    const cited = from.flatMap((id) => known.get(id) ?? []);
    if (wasSaid(text, cited.map(spokenText).join(" "))) return true;
    const lines = linesOf(cited, people);
    return grounded({ text, from: lines.map((_, at) => at + 1) }, lines, ground) !== null;
  });
  return { sentences: sentences.length, resting: resting.length };
}

export type TaskCounts = {
  readonly found: number;
  readonly wanted: number;
  readonly matched: number;
  readonly ownerRight: number;
  readonly dueRight: number;
  /** Tasks that may stay as they stand: owner and day right, and a title that says the task and no more. */
  readonly usable: number;
  /** Sum of the matched titles' likeness to those wanted (F1 of their words). */
  readonly titles: number;
};

/** Share of the words of the shorter title that must be in the other for two to be one task. */
const SAME_WORK = 0.5;
/** F1 of the words of two titles from which on they may be one task, and from which on one stands for the other. */
const SAME_TITLE = 0.35;
const GOOD_TITLE = 0.5;
const MOST_WORDS = 12;

/**
 * Pairs found tasks with wanted ones, the likest first, each once; then owners and days are compared. Names are no
 * words of a title.
 */
export function taskCounts(
  found: readonly Task[],
  wanted: readonly ReferenceTask[],
  people: readonly MinutesPerson[],
): TaskCounts {
  const names = new Set(people.flatMap(({ name }) => contentStems(name)));
  const stemsOf = (title: string) => new Set(contentStems(title).filter((stem) => !names.has(stem)));
  const pairs = found.flatMap((one) =>
    wanted.map((other) => {
      const [a, b] = [stemsOf(one.title), stemsOf(other.title)];
      const title = a.size + b.size === 0 ? 0 : (2 * a.intersection(b).size) / (a.size + b.size);
      return { one, other, title, likeness: title < SAME_TITLE ? 0 : overlap(a, b) };
    }),
  );
  const matched: typeof pairs = [];
  for (const pair of pairs.filter(({ likeness }) => likeness >= SAME_WORK).sort((a, b) => b.likeness - a.likeness)) {
    if (!matched.some(({ one, other }) => one === pair.one || other === pair.other)) matched.push(pair);
  }
  return {
    found: found.length,
    wanted: wanted.length,
    matched: matched.length,
    ownerRight: matched.filter(({ one, other }) => one.owner === other.owner).length,
    dueRight: matched.filter(({ one, other }) => one.due === other.due).length,
    usable: matched.filter(
      ({ one, other, title }) =>
        one.owner === other.owner &&
        one.due === other.due &&
        title >= GOOD_TITLE &&
        words(one.title).length <= MOST_WORDS,
    ).length,
    titles: matched.reduce((total, { title }) => total + title, 0),
  };
}

/** Figures over all meetings together: so a meeting with many tasks counts more than one with few. */
export function taskFigures(all: readonly TaskCounts[]) {
  const sum = (of: keyof TaskCounts) => all.reduce((total, counts) => total + counts[of], 0);
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  const { precision, recall, f1 } = foundFigures(all);
  return {
    precision,
    recall,
    f1: sum("matched") === 0 ? null : f1,
    owner: share(sum("ownerRight"), sum("matched")),
    due: share(sum("dueRight"), sum("matched")),
    title: share(sum("titles"), sum("matched")),
    /** F1 in which only usable tasks count as found rightly. */
    usable: share(2 * sum("usable"), sum("found") + sum("wanted")),
  };
}
