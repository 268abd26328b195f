import type { GraphNode, KnownBy, MeetingGraph, SameThing } from "../../protocol/meeting-graph.ts";
import { normalise, words } from "../text/words.ts";
import { Network } from "./network.ts";

/** Kinds that belong to their meeting, even if they sound alike; people are the same in every meeting. */
const OF_ITS_MEETING: readonly GraphNode["kind"][] = ["decision", "task", "objection", "agreement"];
/** Most nodes of a picture that can still be read. The most connected stay, and all people, decisions and tasks. */
const MOST_NODES = 200;
const KEPT: readonly GraphNode["kind"][] = ["participant", "decision", "task"];

/**
 * Joins several meetings of a room into one graph: each person once, and statements in the same words once (circles by
 * their theme, too). `same` joins further statements, as a model of likeness or a rule found them.
 */
export function mergeGraphs(
  graphs: readonly MeetingGraph[],
  same: readonly SameThing[] = [],
  knownBy: KnownBy = "embeddings",
): MeetingGraph {
  const network = new Network();
  const alone = graphs.length === 1;
  for (const {
    meetings: [meeting],
    nodes,
    edges,
  } of graphs) {
    const prefix = meeting?.id ?? "";
    const names = new Map(nodes.map((node) => [node.id, mergedId(node, prefix)]));
    for (const { centrality: _, ...node } of nodes) {
      network.node({
        ...node,
        id: names.get(node.id) ?? node.id,
        circle: alone ? node.circle : null,
        from: node.from.map((utterance) => `${prefix}/${utterance}`),
      });
    }
    for (const { kind, source, target, knownBy, weight } of edges)
      network.edge(kind, names.get(source) ?? source, names.get(target) ?? target, knownBy, weight);
  }
  for (const {
    nodes: [one, other],
    likeness,
  } of same)
    network.edge("same", one, other, knownBy, 1 + Math.max(0, likeness));
  return central(network.done(graphs.flatMap(({ meetings }) => meetings)));
}

function mergedId({ id, kind, text }: GraphNode, meeting: string): string {
  if (kind === "participant") return id;
  if (OF_ITS_MEETING.includes(kind)) return `${meeting}/${id}`;
  return `${kind}:${words(text).join(" ") || normalise(text)}`;
}

function central(graph: MeetingGraph): MeetingGraph {
  if (graph.nodes.length <= MOST_NODES) return graph;
  const always = graph.nodes.filter(({ kind }) => KEPT.includes(kind));
  const others = graph.nodes
    .filter(({ kind }) => !KEPT.includes(kind))
    .sort((one, other) => other.centrality - one.centrality)
    .slice(0, Math.max(0, MOST_NODES - always.length));
  const ids = new Set([...always, ...others].map(({ id }) => id));
  return {
    ...graph,
    nodes: graph.nodes.filter(({ id }) => ids.has(id)),
    edges: graph.edges.filter(({ source, target }) => ids.has(source) && ids.has(target)),
  };
}
