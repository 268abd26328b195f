import { MultiDirectedGraph, UndirectedGraph } from "graphology";
import { pagerank } from "graphology-metrics/centrality/index.js";
import type { EdgeKind, GraphEdge, GraphNode, KnownBy, MeetingGraph } from "../../protocol/meeting-graph.ts";

type Uncounted = Omit<GraphNode, "centrality">;

const MOST_WEIGHT = 5;

/** Collects nodes and edges. An edge to nowhere is left out; one that is drawn twice weighs more. */
export class Network {
  readonly #graph = new MultiDirectedGraph<Uncounted, GraphEdge>();

  /**
   * Adds a node. The first to name it decides its kind and text; later ones add the utterances and people it rests on.
   */
  node(node: Uncounted): void {
    if (!this.#graph.hasNode(node.id)) return void this.#graph.addNode(node.id, node);
    const known = this.#graph.getNodeAttributes(node.id);
    const both = <T>(one: readonly T[], other: readonly T[]) => [...new Set([...one, ...other])];
    this.#graph.mergeNodeAttributes(node.id, {
      people: both(known.people, node.people),
      from: both(known.from, node.from),
      meetings: both(known.meetings, node.meetings),
    });
  }

  edge(kind: EdgeKind, source: string, target: string, knownBy: KnownBy, weight = 1): void {
    if (!this.#graph.hasNode(source) || !this.#graph.hasNode(target) || source === target) return;
    const id = `${kind}|${source}|${target}`;
    if (this.#graph.hasEdge(id))
      this.#graph.updateEdgeAttribute(id, "weight", (known = 0) => Math.min(MOST_WEIGHT, known + weight));
    else
      this.#graph.addDirectedEdgeWithKey(id, source, target, {
        id,
        kind,
        source,
        target,
        weight: Math.min(MOST_WEIGHT, weight),
        knownBy,
      });
  }

  nodes(): Uncounted[] {
    return this.#graph.mapNodes((_, node) => node);
  }

  /** Nodes from which lines of one kind lead to a node. */
  sources(target: string, kind: EdgeKind): Uncounted[] {
    return this.#graph
      .filterInEdges(target, (_, edge) => edge.kind === kind)
      .map((edge) => this.#graph.getNodeAttributes(this.#graph.source(edge)));
  }

  targets(source: string, kind: EdgeKind): Uncounted[] {
    return this.#graph
      .filterOutEdges(source, (_, edge) => edge.kind === kind)
      .map((edge) => this.#graph.getNodeAttributes(this.#graph.target(edge)));
  }

  done(meetings: MeetingGraph["meetings"]): MeetingGraph {
    const rank = this.#centrality();
    return {
      format: 1,
      meetings,
      nodes: this.#graph.mapNodes((id, node) => ({ ...node, centrality: rank(id) })),
      edges: this.#graph.mapEdges((_, edge) => ({ ...edge })),
    };
  }

  /**
   * Ranks nodes by PageRank on the lines as they are, whichever way they point: a decision is central by the nodes that
   * lead to it.
   */
  #centrality(): (id: string) => number {
    const plain = new UndirectedGraph<object, { weight: number }>();
    this.#graph.forEachNode((id) => void plain.addNode(id));
    this.#graph.forEachEdge((_, { source, target, weight }) => {
      if (plain.hasEdge(source, target))
        plain.updateEdgeAttribute(source, target, "weight", (known = 0) => known + weight);
      else plain.addEdge(source, target, { weight });
    });
    if (plain.order === 0) return () => 0;
    const ranks = pagerank(plain, { getEdgeWeight: "weight", maxIterations: 500, tolerance: 1e-5 });
    const most = Math.max(...Object.values(ranks));
    return (id) => Math.round(((ranks[id] ?? 0) / most) * 1000) / 1000;
  }
}
