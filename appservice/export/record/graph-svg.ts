import type { RecordFormat } from "../exported-meeting.ts";
import { pictureOfMeeting } from "../graph-picture/picture-of-meeting.ts";

/** Page that stands in the room, to print and to enlarge. */
export const graphSvg: RecordFormat = {
  id: "graph-svg",
  extension: "graph.svg",
  mediaType: "image/svg+xml",
  write: ({ graph, meeting }) => pictureOfMeeting(graph(), meeting).svg,
};
