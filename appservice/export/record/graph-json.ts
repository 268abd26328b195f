import { MeetingGraph } from "../../protocol/meeting-graph.ts";
import type { GraphFormat } from "../graph-format.ts";

/** Graph for programs, by its schema. */
export const graphJson: GraphFormat = {
  id: "graph-json",
  extension: "graph.json",
  mediaType: "application/json",
  draw: (graph) => `${JSON.stringify(MeetingGraph.parse(graph), null, 2)}\n`,
};
