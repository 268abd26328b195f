import type { Router } from "express";
import { snapshotOf } from "../circle/snapshot.ts";
import type { Corrector, RecordDecision } from "../journal/correct.ts";
import type { Meetings } from "../journal/meetings.ts";
import { recordOf } from "../journal/record.ts";
import {
  CorrectionRequest, FILE_FORMATS, FileFormat, GRAPH_FORMATS, GraphFileFormat, type GraphResponse, RedoRequest,
  type PastMeetingResponse, type PastMeetingsResponse, type RecordFile, type RecordResponse,
} from "../protocol/http-api.ts";
import type { Language, MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { MeetingGraph } from "../protocol/meeting-graph.ts";
import type { Refusal } from "../protocol/refusal.ts";
import { ApiFailure, badRequest, refused } from "./api-failure.ts";
import { exactRouter } from "./exact.ts";
import { type FindVisitor, meetingIn, pastMeetings, type Visitor } from "./visitor.ts";

export type RecordApi = {
  readonly meetings: Meetings;
  readonly now: () => number;
  readonly languageOf: (room: RoomId) => Language;
  readonly room: {
    readonly isModerator: (room: RoomId, who: ParticipantId) => Promise<boolean>;
    readonly nameOf: (room: RoomId, who: ParticipantId) => Promise<string>;
  };
  readonly refusalText: (refusal: Refusal, room: RoomId) => string;
  readonly recordFile: (format: FileFormat, of: PastMeetingResponse) => RecordFile;
  readonly graphOf: (of: PastMeetingResponse) => MeetingGraph;
  readonly roomGraph: (meetings: readonly PastMeetingResponse[]) => Promise<MeetingGraph>;
  readonly roomGraphFile: (format: GraphFileFormat, graph: MeetingGraph, language: Language) => RecordFile;
};

/** What was said and made in a room's meetings: to read, to take along, to put right. */
export function recordApi(visitor: FindVisitor, parts: RecordApi): Router {
  const { meetings, now } = parts;
  const router = exactRouter();

  router.get("/rooms/:room/record", async (request, response) => {
    const { room } = await visitor(request);
    const live = meetings.of(room);
    const body: RecordResponse = { record: live && recordOf(live.meeting, live.record) };
    response.json(body);
  });

  router.get("/rooms/:room/meetings", async (request, response) => {
    const asking = await visitor(request);
    const body: PastMeetingsResponse = { meetings: pastMeetings(asking, meetings).map((each) => ({ ...each, people: [...each.people] })) };
    response.json(body);
  });

  router.get("/rooms/:room/meetings/:meeting", async (request, response) => {
    const { meeting, record } = meetingIn(await visitor(request), request.params.meeting, meetings);
    const body: PastMeetingResponse = { meeting: snapshotOf(meeting, now()), record: recordOf(meeting, record) };
    response.json(body);
  });

  router.get("/rooms/:room/meetings/:meeting/files/:format", async (request, response) => {
    const { meeting, record } = meetingIn(await visitor(request), request.params.meeting, meetings);
    const format = FileFormat.safeParse(request.params.format);
    if (!format.success) throw new ApiFailure(404, "M_NOT_FOUND", `A record can be had as ${FILE_FORMATS.join(", ")}.`);
    const body: RecordFile = parts.recordFile(format.data, { meeting: snapshotOf(meeting, now()), record: recordOf(meeting, record) });
    response.json(body);
  });

  router.get("/rooms/:room/meetings/:meeting/graph", async (request, response) => {
    const { meeting, record } = meetingIn(await visitor(request), request.params.meeting, meetings);
    const body: GraphResponse = { graph: parts.graphOf({ meeting: snapshotOf(meeting, now()), record: recordOf(meeting, record) }) };
    response.json(body);
  });

  router.get("/rooms/:room/graph", async (request, response) => {
    const body: GraphResponse = { graph: await graphOfRoom(await visitor(request), parts) };
    response.json(body);
  });

  router.get("/rooms/:room/graph/files/:format", async (request, response) => {
    const asking = await visitor(request);
    const format = GraphFileFormat.safeParse(request.params.format);
    if (!format.success) throw new ApiFailure(404, "M_NOT_FOUND", `A room's graph can be had as ${GRAPH_FORMATS.join(", ")}.`);
    const body: RecordFile = parts.roomGraphFile(format.data, await graphOfRoom(asking, parts), parts.languageOf(asking.room));
    response.json(body);
  });

  router.post("/rooms/:room/corrections", async (request, response) => {
    const { room, who } = await visitor(request);
    const asked = CorrectionRequest.safeParse(request.body);
    if (!asked.success) throw badRequest("This is not a correction of something in the record.");
    const { meeting, seen, change } = asked.data;
    const corrector = await correctorFrom(room, who, parts);
    const decision = meetings.correct(meetingIn({ room, who }, meeting, meetings), change, seen, corrector);
    response.json(recordAfter(decision, { room, who }, meeting, parts));
  });

  router.post("/rooms/:room/redo", async (request, response) => {
    const { room, who } = await visitor(request);
    const asked = RedoRequest.safeParse(request.body);
    if (!asked.success) throw badRequest("Which meeting's minutes are to be made anew?");
    const corrector = await correctorFrom(room, who, parts);
    const decision = meetings.redo(meetingIn({ room, who }, asked.data.meeting, meetings), null, corrector);
    response.json(recordAfter(decision, { room, who }, asked.data.meeting, parts));
  });

  return router;
}

/** The last of them, of a room that has met often. */
const MEETINGS_IN_GRAPH = 20;

function graphOfRoom(asking: Visitor, { meetings, roomGraph, now }: RecordApi): Promise<MeetingGraph> {
  const last = pastMeetings(asking, meetings).slice(0, MEETINGS_IN_GRAPH).flatMap(({ id }) => meetings.find(asking.room, id) ?? []);
  return roomGraph(last.map(({ meeting, record }) => ({ meeting: snapshotOf(meeting, now()), record: recordOf(meeting, record) })));
}

async function correctorFrom(room: RoomId, who: ParticipantId, { room: rooms, now }: RecordApi): Promise<Corrector> {
  const [moderator, name] = await Promise.all([rooms.isModerator(room, who), rooms.nameOf(room, who)]);
  return { by: who, name, moderator, at: now(), door: "widget" };
}

function recordAfter(decision: RecordDecision, asking: Visitor, meeting: MeetingId, parts: RecordApi): RecordResponse {
  if (!decision.accepted) throw refused(decision.refusal, asking.room, parts);
  const live = meetingIn(asking, meeting, parts.meetings);
  return { record: recordOf(live.meeting, live.record) };
}
