import type { Translate } from "../language/translate.ts";
import type { MeetingGraph } from "../protocol/meeting-graph.ts";
import type { Exported } from "./exported-meeting.ts";

type Facts = {
  /** Use of the format, for `docs/exports.md`. */
  readonly about: string;
  /** Ending of the file's name, without the dot. */
  readonly extension: string;
  readonly mediaType: string;
};

/** Format in which people take something of one meeting along. */
export type RecordFormat = Facts & { write(exported: Exported): string };

/** Format in which people take a graph along, of one meeting or of several. */
export type GraphFormat = Facts & { draw(graph: MeetingGraph, t: Translate): string };
