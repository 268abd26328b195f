import { verbForm } from "../tasks/russian-verbs.ts";
import { contentStems, normalise, scriptOf, words } from "../text/words.ts";
import { anyOf } from "../text/phrases.ts";
import type { Sentence } from "../text/sentences.ts";

export type Scored = {
  readonly sentence: Sentence;
  readonly stems: ReadonlySet<string>;
  readonly score: number;
  /** Score when the sentence it leans on stands before it. */
  readonly scoreInContext: number;
  /**
   * Earliness in its circle, from 1 to 0, since what people speak of is named first; less where it says little, as
   * thanks and greetings do.
   */
  readonly early: number;
};

/**
 * Scores each sentence by how much it tells, compared with the others: nearness to the subject, centrality, content,
 * form.
 */
export function scored(sentences: readonly Sentence[], subject: string, names: ReadonlySet<string>): Scored[] {
  const stems = sentences.map((sentence) => contentStems(sentence.text).filter((stem) => !names.has(stem)));
  const rarity = rarityOf(stems);
  const vectors = stems.map((each) => vectorOf(each, rarity));
  const theme = new Set(contentStems(subject));
  const central = centrality(
    vectors,
    sentences.map((sentence) => scriptOf(sentence.text)),
  );
  return sentences.map((sentence, i) => {
    const near = Math.min(2, new Set(stems[i]!.filter((stem) => theme.has(stem))).size);
    const scoreInContext = 0.3 * central[i]! + 0.12 * near + content(sentence.text, stems[i]!) + form(sentence.text);
    return {
      sentence,
      stems: new Set(stems[i]!),
      scoreInContext,
      early: Math.max(0, 1 - (2 * i) / sentences.length) * Math.min(1, new Set(stems[i]!).size / TELLING),
      score: scoreInContext - (LEANING.test(sentence.text) ? 0.2 : 0),
    };
  });
}

/** Words of weight from which on a sentence says something. */
const TELLING = 4;

type Vector = ReadonlyMap<string, number>;

function rarityOf(documents: readonly (readonly string[])[]): (stem: string) => number {
  const seen = new Map<string, number>();
  for (const document of documents) for (const stem of new Set(document)) seen.set(stem, (seen.get(stem) ?? 0) + 1);
  return (stem) => Math.log(1 + documents.length / (seen.get(stem) ?? 1));
}

function vectorOf(stems: readonly string[], rarity: (stem: string) => number): Vector {
  const vector = new Map<string, number>();
  for (const stem of stems) vector.set(stem, (vector.get(stem) ?? 0) + rarity(stem));
  return vector;
}

/**
 * Ranks sentences by LexRank (Erkan and Radev, 2004): a sentence is central when sentences like it are. From 0 to 1
 * within each script, because two languages share hardly a word and the smaller one would always lose.
 */
function centrality(vectors: readonly Vector[], scripts: readonly unknown[]): number[] {
  const likeness = likenesses(vectors);
  const total = likeness.map((row) => sumOf(row.values()));
  let rank = vectors.map(() => 1);
  for (let round = 0; round < 20; round++) {
    rank = likeness.map((row) => {
      let received = 0;
      for (const [j, each] of row) received += (each / total[j]!) * rank[j]!;
      return 0.15 + 0.85 * received;
    });
  }
  const best = new Map<unknown, number>();
  rank.forEach((each, i) => best.set(scripts[i], Math.max(best.get(scripts[i]) ?? 0, each)));
  return rank.map((each, i) => (best.get(scripts[i])! > 0.15 ? each / best.get(scripts[i])! : 0.5)); // nothing is like anything: no one is more central
}

/**
 * Computes cosines, only of the pairs that share a word: a long meeting must not hold up the process that passes the
 * floor.
 */
function likenesses(vectors: readonly Vector[]): Map<number, number>[] {
  const lengths = vectors.map((vector) => Math.hypot(...vector.values()));
  const holding = new Map<string, number[]>();
  vectors.forEach((vector, i) => {
    for (const stem of vector.keys()) holding.has(stem) ? holding.get(stem)!.push(i) : holding.set(stem, [i]);
  });
  return vectors.map((vector, i) => {
    const row = new Map<number, number>();
    for (const [stem, weight] of vector) {
      for (const j of holding.get(stem)!) {
        if (j !== i) row.set(j, (row.get(j) ?? 0) + (weight * vectors[j]!.get(stem)!) / (lengths[i]! * lengths[j]!));
      }
    }
    return row;
  });
}

function sumOf(values: Iterable<number>): number {
  let sum = 0;
  for (const each of values) sum += each;
  return sum;
}

/** Words that often carry the purpose of a meeting: decisions, proposals, needs, trouble, reasons, results. */
const WEIGHTY = new RegExp(
  `(?<!\\p{L})(?:${[
    "decid|decision|agree|propos|suggest|recommend|need to|we need|we should|must |have to|instead|depends?|because",
    "important|main|problem|issue|risk|block|concern|worr|afraid|confus|complain|crash|slow|broke|fail|stands? in the way",
    "not understand|n't understand|without |deadline|finish|released?|launch|learn|finally",
    "реш(?:и|ен)|предлага|предлож|договор|нужн|надо|необходим|согласн|против|считаю|потому|вместо|зависит",
    "важн|главн|проблем|риск|боюсь|беспоко|опаса|жалу|падает|медленн|сломал|не работает|не хватает|мешает|не понима",
    "срок|дедлайн|закончи|выпусти|запусти|поня(?:л|ли)",
  ].join("|")})`,
  "gu",
);

function content(text: string, stems: readonly string[]): number {
  const amount = Math.min(1, new Set(stems).size / 9);
  const weighty = Math.min(2, normalise(text).match(WEIGHTY)?.length ?? 0);
  const promise = PROMISE.test(normalise(text)) || words(text).some((word) => verbForm(word)?.form === "i") ? 1 : 0;
  return 0.45 * amount + 0.12 * weighty + 0.12 * promise + (/\d/.test(text) ? 0.05 : 0);
}

const PROMISE = /\b(?:i'll|i will|i'm going to|i'm taking)\b/;

/**
 * Signs of a sentence that leans on the one before it and reads badly alone; so do questions, asides and endless ones.
 */
const LEANING = new RegExp(
  [
    "^(?:and |but |so |well,? |because )?(?:it|this|that|they|he|she|these|those|there|here|which|because)(?!\\p{L})",
    "^(?:ну |и |а |но |вот )?(?:это|этот|эта|эти|он|она|они|там|тут|то есть|так что|поэтому|потому|который)(?!\\p{L})",
    ", (?:this|that|it) (?:is|was)\\b|, (?:и )?(?:это|он|она|они) |\\b(?:here|same thing)\\b",
  ].join("|"),
  "iu",
);
const ASIDE = anyOf(
  "(?:i|i'd|let me|i'll|i will|i would like to|i want to|i wanted to) (?:just )?(?:say|start with|start by|begin with|add|mention|repeat)",
  "as i said|you know what",
  "(?:хочу|хотела?|хотелось)(?: бы)? (?:сказать|начать|добавить|отметить|повторить)|начну с|как я (?:уже )?(?:говорила?|сказала?)",
);

function form(text: string): number {
  const long = Math.max(0, text.split(/\s+/).length - 30);
  return (
    (ASIDE.test(normalise(text)) ? -0.15 : 0) +
    (/\?["»”')]*$/u.test(text) ? -0.12 : 0) +
    (/[.!?…]["»”')]*$/u.test(text) ? 0 : -0.04) - // cut off
    0.015 * long
  );
}
