import type { GraphNode, MeetingGraph, SameThing } from "../../protocol/meeting-graph.ts";
import { type Embeddings, likeness } from "../embeddings/embeddings.ts";

const COMPARED = new Set<GraphNode["kind"]>(["statement", "proposal", "question", "agreement", "objection"]);

/**
 * Statements of different people on one thing, in whichever languages: alike enough, and each the other's nearest among what
 * that person said, so that one sentence of a much-spoken-of matter does not tie everything together.
 */
export async function sameThings({ nodes }: Pick<MeetingGraph, "nodes">, embeddings: Embeddings, signal: AbortSignal): Promise<SameThing[]> {
  const compared = nodes.filter(({ kind }) => COMPARED.has(kind));
  if (compared.length < 2) return [];
  const vectors = await embeddings.of(compared.map(({ text }) => text), signal);
  const pairs = compared.flatMap((one, i) => compared.slice(i + 1).map((other, gap): SameThing => (
    { nodes: [one.id, other.id], likeness: likeness(vectors[i]!, vectors[i + 1 + gap]!) }
  )));
  const speakers = new Map(compared.map(({ id, people }) => [id, people]));
  const apart = pairs.filter(({ nodes: [one, other] }) => !speakers.get(one)?.some((who) => speakers.get(other)?.includes(who)));
  const best = new Map<string, number>();
  const towards = (from: string, to: string) => `${from}|${speakers.get(to)?.join() ?? ""}`;
  for (const { nodes: [one, other], likeness: each } of apart) {
    for (const key of [towards(one, other), towards(other, one)]) best.set(key, Math.max(best.get(key) ?? -1, each));
  }
  return apart
    .filter(({ nodes: [one, other], likeness: each }) => each >= embeddings.alikeFrom && best.get(towards(one, other)) === each && best.get(towards(other, one)) === each)
    .map((pair) => ({ ...pair, likeness: Math.round(pair.likeness * 1000) / 1000 }));
}
