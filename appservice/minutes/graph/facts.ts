import type { MeetingGraph, NodeKind } from "../../protocol/meeting-graph.ts";

const MOST_CENTRAL = 3;
const LETTERS = 90;

/**
 * Describes a graph in a few words: numbers of nodes by kind, and the results and proposals that hold most together.
 */
export function graphFacts({ nodes }: MeetingGraph): { counts: Partial<Record<NodeKind, number>>; central: string[] } {
  const counts: Partial<Record<NodeKind, number>> = {};
  for (const { kind } of nodes) counts[kind] = (counts[kind] ?? 0) + 1;
  const central = nodes
    .filter(({ kind }) => kind !== "participant" && kind !== "circle" && kind !== "theme")
    .sort((one, other) => other.centrality - one.centrality)
    .slice(0, MOST_CENTRAL)
    .map(({ text }) => (text.length > LETTERS ? `${text.slice(0, LETTERS - 1).trimEnd()}…` : text));
  return { counts, central };
}
