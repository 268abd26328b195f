import {
  assemblyChapter,
  assemblyFile,
  assemblyGraphFile,
  assemblyPictureFile,
} from "../export/assembly/assembly-file.ts";
import { fingerprint, pictureOfMeeting } from "../export/graph-picture/picture-of-meeting.ts";
import { asPng } from "../export/graph-picture/png.ts";
import { recordFile } from "../export/file-formats.ts";
import { buildGraph } from "../minutes/graph/build.ts";
import { graphFacts } from "../minutes/graph/facts.ts";
import { RULES } from "../minutes/rules.ts";
import type { FileFormat } from "../protocol/file-formats.ts";
import type { PastMeetingResponse } from "../protocol/http-api.ts";

/** Jobs that are worked out apart from the main thread: plain data in, plain data out. */
export const JOBS = {
  ...RULES,
  /** Record file as it goes over the wire: megabytes are not written twice. */
  recordFile: (format: FileFormat, of: PastMeetingResponse): Uint8Array =>
    bytesOf(recordFile(format, of, () => buildGraph(of.meeting, of.record))),
  /** An assembly as one document: its rings' chapters one by one, and then the whole. */
  assemblyChapter,
  assemblyFile: (...given: Parameters<typeof assemblyFile>): Uint8Array => bytesOf(assemblyFile(...given)),
  assemblyGraphFile: (...given: Parameters<typeof assemblyGraphFile>): Uint8Array =>
    bytesOf(assemblyGraphFile(...given)),
  assemblyPictureFile: (...given: Parameters<typeof assemblyPictureFile>): Uint8Array =>
    bytesOf(assemblyPictureFile(...given)),
  /** Graph as the room gets it. */
  drawnGraph: ({ meeting, record }: PastMeetingResponse) => {
    const graph = buildGraph(meeting, record);
    return { state: fingerprint(graph), facts: graphFacts(graph), svg: pictureOfMeeting(graph, meeting).svg };
  },
  /**
   * PNG of a picture. Drawing has threads of its own anyway; packing has not, and takes hundreds of milliseconds for a
   * large graph.
   */
  png: asPng,
};
export type Jobs = typeof JOBS;

function bytesOf(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
