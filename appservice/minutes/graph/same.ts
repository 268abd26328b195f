import type { GraphNode, MeetingGraph, SameThing } from "../../protocol/meeting-graph.ts";
import { type Embeddings, likeness, unit } from "../embeddings/embeddings.ts";
import { scriptOf } from "../text/words.ts";

const COMPARED = new Set<GraphNode["kind"]>(["statement", "proposal", "question", "agreement", "objection"]);

/** Least statements of one script; fewer say nothing of what they have in common. */
const FEWEST = 4;

/**
 * Finds statements of different people on one thing, in whichever languages: alike enough, and each the other's nearest
 * among the statements of others, so that one sentence of a much-spoken-of matter does not tie everything together.
 */
export async function sameThings(
  { nodes }: Pick<MeetingGraph, "nodes">,
  embeddings: Embeddings,
  signal: AbortSignal,
): Promise<SameThing[]> {
  const compared = nodes.filter(({ kind }) => COMPARED.has(kind));
  if (compared.length < 2) return [];
  const texts = compared.map(({ text }) => text);
  const vectors = levelled(texts, await embeddings.of(texts, signal));
  const pairs = compared.flatMap((one, i) =>
    compared.slice(i + 1).flatMap((other, gap): SameThing[] => {
      const [a, b] = [vectors[i], vectors[i + 1 + gap]];
      return a && b && !one.people.some((who) => other.people.includes(who))
        ? [{ nodes: [one.id, other.id], likeness: likeness(a, b) }]
        : [];
    }),
  );
  const nearest = new Map<string, number>();
  for (const { nodes: ends, likeness: each } of pairs)
    for (const end of ends) nearest.set(end, Math.max(nearest.get(end) ?? -1, each));
  return pairs
    .filter(
      ({ nodes: ends, likeness: each }) =>
        each >= embeddings.alikeFrom && ends.every((end) => nearest.get(end) === each),
    )
    .map((pair) => ({ ...pair, likeness: Math.round(pair.likeness * 1000) / 1000 }));
}

/**
 * Removes from vectors what all of them have in common: sentences of one language lie near one another whatever they
 * say, and two of different languages apart, so that on e5 bare cosines would rather join two Russian sentences than
 * one with its translation.
 */
export function levelled(texts: readonly string[], vectors: readonly Float32Array[]): Float32Array[] {
  const all = meanOf(vectors);
  const ofScript = Map.groupBy(vectors.keys(), (at) => scriptOf(texts[at] ?? ""));
  const means = new Map(
    [...ofScript].map(([script, places]) => [
      script,
      places.length >= FEWEST ? meanOf(places.map((at) => vectors[at]!)) : all,
    ]),
  );
  return vectors.map((vector, at) => {
    const mean = means.get(scriptOf(texts[at] ?? "")) ?? all;
    return unit(vector.map((each, i) => each - (mean[i] ?? 0)));
  });
}

function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors)
    for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] ?? 0) + (vector[i] ?? 0) / vectors.length;
  return mean;
}
