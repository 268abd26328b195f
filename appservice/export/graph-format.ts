import type { Translate } from "../language/translate.ts";
import type { GraphFileFormat } from "../protocol/http-api.ts";
import type { MeetingGraph } from "../protocol/meeting-graph.ts";
import type { RecordFormat } from "./exported-meeting.ts";

/** Format in which people take a graph along, of one meeting or of several. */
export type GraphFormat = Pick<RecordFormat, "extension" | "mediaType"> & {
  readonly id: GraphFileFormat;
  draw(graph: MeetingGraph, t: Translate): string;
};
