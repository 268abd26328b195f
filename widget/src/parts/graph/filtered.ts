import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import type { MeetingGraph, NodeKind } from "@mindminder/protocol/meeting-graph.ts";

export type ShownGraph = Pick<MeetingGraph, "nodes" | "edges">;
export type Filter = {
  readonly kinds: ReadonlySet<NodeKind>;
  readonly person: ParticipantId | null;
  readonly circle: number | null;
};

/** Filters a graph, and keeps only lines with both ends. A person's view keeps the circles and people it touches. */
export function filtered({ nodes, edges }: ShownGraph, { kinds, person, circle }: Filter): ShownGraph {
  const ofKind = nodes.filter(({ kind }) => kinds.has(kind));
  const here = new Set(nodes.filter((node) => circle === null || node.circle === circle).map(({ id }) => id));
  const inCircle = ofKind.filter(
    (node) => here.has(node.id) || (node.circle === null && edges.some((edge) => touches(edge, node.id, here))),
  );
  const centre =
    person === null ? null : nodes.find(({ kind, people: [who] }) => kind === "participant" && who === person)?.id;
  const kept =
    centre === null || centre === undefined
      ? inCircle
      : inCircle.filter(({ id }) => id === centre || edges.some((edge) => touches(edge, id, new Set([centre]))));
  const ids = new Set(kept.map(({ id }) => id));
  return { nodes: kept, edges: edges.filter(({ source, target }) => ids.has(source) && ids.has(target)) };
}

function touches({ source, target }: MeetingGraph["edges"][number], id: string, others: ReadonlySet<string>): boolean {
  return (source === id && others.has(target)) || (target === id && others.has(source));
}
