import { translateTo } from "../language/translate.ts";
import type { GraphFileFormat, RecordFile } from "../protocol/http-api.ts";
import type { Language } from "../protocol/identity.ts";
import type { MeetingGraph } from "../protocol/meeting-graph.ts";
import type { GraphFormat } from "./graph-format.ts";
import type { RecordFormat } from "./exported-meeting.ts";
import { graphJson } from "./record/graph-json.ts";
import { graphml } from "./record/graphml.ts";
import { mermaid } from "./record/mermaid.ts";

export const GRAPH_FORMATS: Readonly<Record<GraphFileFormat, GraphFormat>> = {
  "graph-json": graphJson,
  graphml,
  mermaid,
};

/** Writes the graph of all meetings of a room as a file. */
export function roomGraphFile(wanted: GraphFileFormat, graph: MeetingGraph, language: Language): RecordFile {
  const { extension, mediaType, draw } = GRAPH_FORMATS[wanted];
  return { name: `room.${extension}`, mediaType, content: draw(graph, translateTo(language)) };
}

/** Makes a graph's format one of a meeting's record. */
export function asRecordFormat({ id, extension, mediaType, draw }: GraphFormat): RecordFormat {
  return { id, extension, mediaType, write: ({ graph, t }) => draw(graph(), t) };
}
