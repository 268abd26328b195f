import type { GraphNode, MeetingGraph, SameThing } from "../../protocol/meeting-graph.ts";
import { mergeGraphs } from "../graph/merge.ts";
import { contentStems } from "../text/words.ts";
import { sayTheSame } from "./join-alike.ts";

/** Kinds of which several rings may say one: people are joined anyway, and circles are not sayings. */
const SAYINGS = new Set<GraphNode["kind"]>(["statement", "proposal", "question", "objection", "decision", "task"]);

/**
 * Joins the graphs of an assembly's rings into one, in which each ring is a group of its own. What several rings said
 * apart from each other is joined by a line.
 */
export function assemblyGraph(graphs: readonly MeetingGraph[]): MeetingGraph {
  const merged = mergeGraphs(graphs);
  const said = merged.nodes
    .filter(({ kind }) => SAYINGS.has(kind))
    .map((node) => ({ node, stems: new Set(contentStems(node.text)) }));
  const same: SameThing[] = [];
  for (const [index, one] of said.entries())
    for (const other of said.slice(index + 1))
      if (isApart(one.node, other.node) && sayTheSame(one.node.text, one.stems, other.node.text, other.stems))
        same.push({ nodes: [one.node.id, other.node.id], likeness: 0 });
  return same.length === 0 ? merged : mergeGraphs(graphs, same, "rules");
}

/** Of one kind, and of rings that did not hear each other. */
function isApart(one: GraphNode, other: GraphNode): boolean {
  return one.kind === other.kind && !one.meetings.some((meeting) => other.meetings.includes(meeting));
}
