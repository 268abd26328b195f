import type { Utterance } from "../../protocol/meeting-record.ts";
import { sentencesOf } from "../text/sentences.ts";
import { words } from "../text/words.ts";
import { numbersFrom } from "./numbers-from.ts";
import { rouge, type Rouge } from "./scores.ts";

const DRAWS = 20;

/** ROUGE of what anybody gets without any rule, at about as many words: the first sentences, and any sentences. */
export function baselines(utterances: readonly Utterance[], summary: string, wordCount: number) {
  const said = sentencesOf(utterances).map(({ text }) => text);
  const draw = numbersFrom(1);
  const random = Array.from({ length: DRAWS }, () => {
    const shuffled = said.map((text, place) => ({ text, place, at: draw() })).sort((a, b) => a.at - b.at);
    const taken = shuffled.slice(
      0,
      fitting(
        shuffled.map(({ text }) => text),
        wordCount,
      ),
    );
    return rouge(
      taken
        .sort((a, b) => a.place - b.place)
        .map(({ text }) => text)
        .join(" "),
      summary,
    );
  });
  return { lead: rouge(said.slice(0, fitting(said, wordCount)).join(" "), summary), random: meanRouge(random) };
}

/** Number of sentences with which a text first has that many words. */
function fitting(sentences: readonly string[], wordCount: number): number {
  let total = 0;
  const end = sentences.findIndex((text) => (total += words(text).length) >= wordCount);
  return end < 0 ? sentences.length : end + 1;
}

export function meanRouge(all: readonly Rouge[]): Rouge {
  const mean = (of: keyof Rouge) => all.reduce((sum, each) => sum + each[of], 0) / all.length;
  return { rouge1: mean("rouge1"), rouge2: mean("rouge2"), rougeL: mean("rougeL") };
}
