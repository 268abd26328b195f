import type { RecordFormat } from "../file-format.ts";
import { pictureOfMeeting } from "../graph-picture/picture-of-meeting.ts";

/** Page that stands in the room, to print and to enlarge. */
export default {
  about: "The page that stands in the room, to print and to enlarge",
  extension: "graph.svg",
  mediaType: "image/svg+xml",
  write: ({ graph, meeting }) => pictureOfMeeting(graph(), meeting).svg,
} satisfies RecordFormat;
