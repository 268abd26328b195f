import {
  CorrectionRequest,
  GraphResponse,
  PastMeetingResponse,
  PastMeetingsResponse,
  RecordFile,
  RecordResponse,
  RedoRequest,
} from "../http-api.ts";
import { FileFormat, GraphFileFormat } from "../file-formats.ts";
import { FILE_FORMATS, GRAPH_FORMATS } from "../format-list.ts";
import { MeetingId } from "../identity.ts";
import { TranslationRequest, TranslationResponse } from "../translation.ts";
import { type PathParam, route } from "./route.ts";

const meeting = { schema: MeetingId, otherwise: "NO_SUCH_MEETING" } as const satisfies PathParam;

/** Routes for all that was said and made in a room's meetings: to read, to take along, to put right. */
export const RECORD_ROUTES = {
  record: route({
    method: "GET",
    path: "/api/v1/rooms/:room/record",
    access: "session",
    guests: true,
    answer: RecordResponse,
  }),
  pastMeetings: route({
    method: "GET",
    path: "/api/v1/rooms/:room/meetings",
    access: "session",
    guests: true,
    answer: PastMeetingsResponse,
  }),
  pastMeeting: route({
    method: "GET",
    path: "/api/v1/rooms/:room/meetings/:meeting",
    access: "session",
    guests: true,
    params: { meeting },
    answer: PastMeetingResponse,
  }),
  recordFile: route({
    method: "GET",
    path: "/api/v1/rooms/:room/meetings/:meeting/files/:format",
    access: "session",
    guests: true,
    measure: "files",
    params: {
      meeting,
      format: {
        schema: FileFormat,
        otherwise: "NO_SUCH_FORMAT",
        sentence: `A record can be had as ${FILE_FORMATS.join(", ")}.`,
      },
    },
    answer: RecordFile,
    errors: ["TOO_MUCH_WORK"],
  }),
  graph: route({
    method: "GET",
    path: "/api/v1/rooms/:room/meetings/:meeting/graph",
    access: "session",
    guests: true,
    measure: "files",
    params: { meeting },
    answer: GraphResponse,
    errors: ["TOO_MUCH_WORK"],
  }),
  roomGraph: route({
    method: "GET",
    path: "/api/v1/rooms/:room/graph",
    access: "session",
    measure: "files",
    answer: GraphResponse,
    errors: ["TOO_MUCH_WORK"],
  }),
  roomGraphFile: route({
    method: "GET",
    path: "/api/v1/rooms/:room/graph/files/:format",
    access: "session",
    measure: "files",
    params: {
      format: {
        schema: GraphFileFormat,
        otherwise: "NO_SUCH_FORMAT",
        sentence: `A room's graph can be had as ${GRAPH_FORMATS.join(", ")}.`,
      },
    },
    answer: RecordFile,
    errors: ["TOO_MUCH_WORK"],
  }),
  correct: route({
    method: "POST",
    path: "/api/v1/rooms/:room/corrections",
    access: "session",
    body: { schema: CorrectionRequest, otherwise: "This is not a correction of something in the record." },
    answer: RecordResponse,
    errors: ["NO_SUCH_MEETING", "REFUSED"],
  }),
  translate: route({
    method: "POST",
    path: "/api/v1/rooms/:room/translation",
    access: "session",
    guests: true,
    measure: "translations",
    body: {
      schema: TranslationRequest,
      otherwise: "Which texts of which meeting are to be translated, and into what?",
    },
    answer: TranslationResponse,
    errors: ["NO_SUCH_MEETING"],
  }),
  redo: route({
    method: "POST",
    path: "/api/v1/rooms/:room/redo",
    access: "session",
    right: "remake-minutes",
    body: { schema: RedoRequest, otherwise: "Which meeting's minutes are to be made anew?" },
    answer: RecordResponse,
    errors: ["NO_SUCH_MEETING", "REFUSED"],
  }),
};
