import type { GraphNode, SameThing } from "../../protocol/meeting-graph.ts";
import { likeness, unit } from "../embeddings/vectors.ts";
import { scriptOf } from "../text/words.ts";

/** Least statements of one script; fewer say nothing of what they have in common. */
const FEWEST = 4;

export type Statement = Pick<GraphNode, "id" | "text" | "people">;

/**
 * Pairs statements of different people that are alike enough, and each the other's nearest among the statements of
 * others, so that one sentence of a much-spoken-of matter does not tie everything together. `places`: of each in the
 * space of meanings.
 */
export function alikeStatements(
  statements: readonly Statement[],
  places: readonly Float32Array[],
  alikeFrom: number,
): SameThing[] {
  const vectors = levelled(
    statements.map(({ text }) => text),
    places,
  );
  const nearest = statements.map(() => -1);
  // Only pairs that may be the nearest are kept: of a long meeting all of them are millions.
  const pairs: { readonly ends: readonly [number, number]; readonly likeness: number }[] = [];
  for (const [i, one] of statements.entries()) {
    for (let j = i + 1; j < statements.length; j++) {
      const [other, a, b] = [statements[j], vectors[i], vectors[j]];
      if (!other || !a || !b || one.people.some((who) => other.people.includes(who))) continue;
      const each = likeness(a, b);
      const isNearest = each >= (nearest[i] ?? -1) && each >= (nearest[j] ?? -1);
      nearest[i] = Math.max(nearest[i] ?? -1, each);
      nearest[j] = Math.max(nearest[j] ?? -1, each);
      if (isNearest && each >= alikeFrom) pairs.push({ ends: [i, j], likeness: each });
    }
  }
  return pairs
    .filter(({ ends, likeness: each }) => ends.every((end) => nearest[end] === each))
    .flatMap(({ ends: [i, j], likeness: each }): SameThing[] => {
      const [one, other] = [statements[i], statements[j]];
      return one && other ? [{ nodes: [one.id, other.id], likeness: Math.round(each * 1000) / 1000 }] : [];
    });
}

/**
 * Removes from vectors what all of them have in common: sentences of one language lie near one another whatever they
 * say, and two of different languages apart, so that on e5 bare cosines would rather join two Russian sentences than
 * one with its translation.
 */
export function levelled(texts: readonly string[], vectors: readonly Float32Array[]): Float32Array[] {
  const all = meanOf(vectors);
  const scripts = texts.map(scriptOf);
  const means = new Map(
    [...Map.groupBy(vectors.keys(), (at) => scripts[at] ?? null)].map(([script, places]) => [
      script,
      places.length >= FEWEST ? meanOf(places.flatMap((at) => vectors[at] ?? [])) : all,
    ]),
  );
  return vectors.map((vector, at) => {
    const mean = means.get(scripts[at] ?? null) ?? all;
    return unit(vector.map((each, i) => each - (mean[i] ?? 0)));
  });
}

function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors)
    for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] ?? 0) + (vector[i] ?? 0) / vectors.length;
  return mean;
}
