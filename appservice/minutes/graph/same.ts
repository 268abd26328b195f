import type { GraphNode, MeetingGraph, SameThing } from "../../protocol/meeting-graph.ts";
import type { Embeddings } from "../embeddings/embeddings.ts";
import type { ByRule } from "../rules.ts";

const COMPARED = new Set<GraphNode["kind"]>(["statement", "proposal", "question", "agreement", "objection"]);

/** Finds statements of different people on one thing, in whichever languages. */
export async function sameThings(
  { nodes }: Pick<MeetingGraph, "nodes">,
  embeddings: Embeddings,
  byRule: ByRule,
  signal: AbortSignal,
): Promise<SameThing[]> {
  const compared = nodes.filter(({ kind }) => COMPARED.has(kind)).map(({ id, text, people }) => ({ id, text, people }));
  if (compared.length < 2) return [];
  const places = await embeddings.of(
    compared.map(({ text }) => text),
    signal,
  );
  return byRule("alikeStatements", compared, places, embeddings.alikeFrom);
}
