import { unturned } from "../protocol/well-formed.ts";
import { translateTo } from "../language/translate.ts";
import type { FileFormat, PastMeetingResponse, RecordFile } from "../protocol/http-api.ts";
import type { MeetingGraph } from "../protocol/meeting-graph.ts";
import type { RecordFormat } from "./exported-meeting.ts";
import { csv } from "./record/csv.ts";
import { asRecordFormat } from "./graph-formats.ts";
import { graphJson } from "./record/graph-json.ts";
import { graphSvg } from "./record/graph-svg.ts";
import { graphml } from "./record/graphml.ts";
import { html } from "./record/html.ts";
import { json } from "./record/json.ts";
import { mermaid } from "./record/mermaid.ts";
import { markdown } from "./record/markdown.ts";
import { subrip, webvtt } from "./record/subtitles.ts";

const FORMATS: Readonly<Record<FileFormat, RecordFormat>> = {
  markdown,
  html,
  json,
  webvtt,
  subrip,
  csv,
  "graph-json": asRecordFormat(graphJson),
  graphml: asRecordFormat(graphml),
  mermaid: asRecordFormat(mermaid),
  "graph-svg": graphSvg,
};

/**
 * Writes the record of a meeting as a file, in the meeting's own language. The graph is made only where it is asked
 * for. Old records may hold signs that turn the direction of text, which are taken out.
 */
export function recordFile(
  wanted: FileFormat,
  { meeting, record }: PastMeetingResponse,
  graph: () => MeetingGraph,
): RecordFile {
  const { language } = meeting;
  const { extension, mediaType, write } = FORMATS[wanted];
  const day = new Date(meeting.startedAt ?? meeting.at).toISOString().slice(0, 10);
  return {
    name: `${meeting.scenario.id}-${day}.${extension}`,
    mediaType,
    content: unturned(write({ meeting, record, language, t: translateTo(language), graph })),
  };
}
