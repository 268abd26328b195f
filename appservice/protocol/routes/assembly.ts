import { ASSEMBLY_FORMATS, AssemblyFormat } from "../assembly-formats.ts";
import { AssemblyCommandRequest, AssemblyMapResponse, SeatRequest } from "../assembly-map.ts";
import { AssemblyRecordResponse } from "../assembly-record.ts";
import { CallResponse } from "../http-api.ts";
import { RecordFile } from "../record-file.ts";
import { route } from "./route.ts";

/** The assembly of a room: the map of its rings, moving on it, and what came out of it. */
export const ASSEMBLY_ROUTES = {
  assembly: route({
    method: "GET",
    path: "/api/v1/rooms/:room/assembly",
    access: "session",
    guests: true,
    answer: AssemblyMapResponse,
  }),
  assemblySeat: route({
    method: "POST",
    path: "/api/v1/rooms/:room/assembly/seat",
    access: "session",
    guests: true,
    body: { schema: SeatRequest, otherwise: "Who is to sit in which group?" },
    answer: AssemblyMapResponse,
    errors: ["REFUSED"],
  }),
  assemblyCommand: route({
    method: "POST",
    path: "/api/v1/rooms/:room/assembly/commands",
    access: "session",
    guests: true,
    body: { schema: AssemblyCommandRequest, otherwise: "This is nothing that an assembly does." },
    answer: AssemblyMapResponse,
    errors: ["REFUSED"],
  }),
  assemblyVoice: route({
    method: "POST",
    path: "/api/v1/rooms/:room/assembly/voice",
    access: "session",
    guests: true,
    answer: CallResponse,
    errors: ["REFUSED", "CALL_UNAVAILABLE"],
  }),
  assemblyRecord: route({
    method: "GET",
    path: "/api/v1/rooms/:room/assembly/record",
    access: "session",
    guests: true,
    measure: "files",
    answer: AssemblyRecordResponse,
    errors: ["TOO_MUCH_WORK"],
  }),
  assemblyFile: route({
    method: "GET",
    path: "/api/v1/rooms/:room/assembly/files/:format",
    access: "session",
    guests: true,
    measure: "files",
    params: {
      format: {
        schema: AssemblyFormat,
        otherwise: "NO_SUCH_FORMAT",
        sentence: `An assembly can be had as ${ASSEMBLY_FORMATS.join(", ")}.`,
      },
    },
    answer: RecordFile,
    errors: ["NO_SUCH_MEETING", "TOO_MUCH_WORK"],
  }),
};
