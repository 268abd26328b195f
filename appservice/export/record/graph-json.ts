import { MeetingGraph } from "../../protocol/meeting-graph.ts";
import type { GraphFormat } from "../file-format.ts";

/** Graph for programs, by its schema. */
export default {
  about: "For programs, by the schema in `appservice/protocol/meeting-graph.ts`",
  extension: "graph.json",
  mediaType: "application/json",
  draw: (graph) => `${JSON.stringify(MeetingGraph.parse(graph), null, 2)}\n`,
} satisfies GraphFormat;
