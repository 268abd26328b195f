import { translateTo } from "../language/translate.ts";
import type { FileFormat, GraphFileFormat } from "../protocol/file-formats.ts";
import { FILE_FORMATS } from "../protocol/format-list.ts";
import type { PastMeetingResponse, RecordFile } from "../protocol/http-api.ts";
import type { Language } from "../protocol/identity.ts";
import type { MeetingGraph } from "../protocol/meeting-graph.ts";
import { unturned } from "../protocol/well-formed.ts";
import type { GraphFormat, RecordFormat } from "./file-format.ts";

type Formats = Readonly<Record<FileFormat, RecordFormat | GraphFormat>> &
  Readonly<Record<GraphFileFormat, GraphFormat>>;

/** Writers of all formats: each is the file of its name in `record/`. */
export const FORMATS = Object.fromEntries(
  await Promise.all(FILE_FORMATS.map(async (name) => [name, await writerOf(name)] as const)),
) as Formats;

async function writerOf(name: FileFormat): Promise<RecordFormat | GraphFormat> {
  const { default: format }: { default: RecordFormat | GraphFormat } = await import(`./record/${name}.ts`);
  return format;
}

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
  const format = FORMATS[wanted];
  const t = translateTo(language);
  const day = new Date(meeting.startedAt ?? meeting.at).toISOString().slice(0, 10);
  return {
    name: `${meeting.scenario.id}-${day}.${format.extension}`,
    mediaType: format.mediaType,
    content: unturned(
      "draw" in format ? format.draw(graph(), t) : format.write({ meeting, record, language, t, graph }),
    ),
  };
}

/** Writes the graph of all meetings of a room as a file. */
export function roomGraphFile(wanted: GraphFileFormat, graph: MeetingGraph, language: Language): RecordFile {
  const { extension, mediaType, draw } = FORMATS[wanted];
  return { name: `room.${extension}`, mediaType, content: draw(graph, translateTo(language)) };
}
