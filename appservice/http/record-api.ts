import type { Request, Router } from "express";
import type { Corrector, RecordDecision } from "../record/decide.ts";
import { decisionIn, questionIn, taskIn } from "../record/found-items.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { Corrigible } from "../protocol/correction.ts";
import {
  CorrectionRequest,
  FILE_FORMATS,
  FileFormat,
  GRAPH_FORMATS,
  GraphFileFormat,
  type GraphResponse,
  RedoRequest,
  type PastMeetingResponse,
  type PastMeetingsResponse,
  type RecordFile,
  type RecordResponse,
} from "../protocol/http-api.ts";
import type { Language, MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { MeetingRecord } from "../protocol/meeting-record.ts";
import type { MeetingGraph } from "../protocol/meeting-graph.ts";
import type { Refusal } from "../protocol/refusal.ts";
import { ApiFailure, badRequest, refused } from "./api-failure.ts";
import { exactRouter } from "./exact.ts";
import {
  type FindVisitor,
  maySee,
  meetingIn,
  readMeetingIn,
  pastMeetings,
  type ShownMeeting,
  shownTo,
  type Visitor,
} from "./visitor.ts";

export type RecordApi = {
  readonly meetings: Meetings;
  readonly now: () => number;
  readonly languageOf: (room: RoomId) => Language;
  readonly room: {
    readonly isModerator: (room: RoomId, who: ParticipantId) => Promise<boolean>;
    readonly nameOf: (room: RoomId, who: ParticipantId) => Promise<string>;
  };
  readonly refusalText: (refusal: Refusal, room: RoomId) => string;
  /** A `RecordFile` as JSON. Files and graphs are made apart from the thread that answers. */
  readonly recordFile: (format: FileFormat, of: ShownMeeting) => Promise<Uint8Array>;
  readonly graphOf: (of: ShownMeeting) => Promise<MeetingGraph>;
  readonly roomGraph: (room: RoomId, graphs: readonly MeetingGraph[]) => Promise<MeetingGraph>;
  readonly roomGraphFile: (format: GraphFileFormat, graph: MeetingGraph, language: Language) => RecordFile;
};

/** What was said and made in a room's meetings: to read, to take along, to put right. */
export function recordApi(visitor: FindVisitor, parts: RecordApi): Router {
  const { meetings, now } = parts;
  const router = exactRouter();
  const shown = async (request: Request<{ room: string; meeting: string }>): Promise<ShownMeeting> => {
    const asking = await visitor(request);
    return shownTo(asking, await readMeetingIn(asking, request.params.meeting, meetings), now());
  };

  router.get("/rooms/:room/record", async (request, response) => {
    const asking = await visitor(request);
    const live = meetings.of(asking.room);
    const body: RecordResponse = {
      record: live && maySee(asking, live.meeting) ? shownTo(asking, live, now()).record : null,
    };
    response.json(body);
  });

  router.get("/rooms/:room/meetings", async (request, response) => {
    const asking = await visitor(request);
    const { seen, hidden } = await pastMeetings(asking, meetings);
    const body: PastMeetingsResponse = {
      meetings: seen.map((each) => ({ ...each, people: [...each.people] })),
      ...(hidden ? { hidden } : {}),
    };
    response.json(body);
  });

  router.get("/rooms/:room/meetings/:meeting", async (request, response) => {
    const { meeting, record } = await shown(request);
    const body: PastMeetingResponse = { meeting, record };
    response.json(body);
  });

  router.get("/rooms/:room/meetings/:meeting/files/:format", async (request, response) => {
    const of = await shown(request);
    const format = FileFormat.safeParse(request.params.format);
    if (!format.success) throw new ApiFailure(404, "M_NOT_FOUND", `A record can be had as ${FILE_FORMATS.join(", ")}.`);
    response.type("json").send(Buffer.from(await parts.recordFile(format.data, of)));
  });

  router.get("/rooms/:room/meetings/:meeting/graph", async (request, response) => {
    const body: GraphResponse = { graph: await parts.graphOf(await shown(request)) };
    response.json(body);
  });

  router.get("/rooms/:room/graph", async (request, response) => {
    const body: GraphResponse = { graph: await graphOfRoom(await visitor(request), parts) };
    response.json(body);
  });

  router.get("/rooms/:room/graph/files/:format", async (request, response) => {
    const asking = await visitor(request);
    const format = GraphFileFormat.safeParse(request.params.format);
    if (!format.success)
      throw new ApiFailure(404, "M_NOT_FOUND", `A room's graph can be had as ${GRAPH_FORMATS.join(", ")}.`);
    const body: RecordFile = parts.roomGraphFile(
      format.data,
      await graphOfRoom(asking, parts),
      parts.languageOf(asking.room),
    );
    response.json(body);
  });

  router.post("/rooms/:room/corrections", async (request, response) => {
    const asking = await visitor(request);
    const { room, who } = asking;
    const asked = CorrectionRequest.safeParse(request.body);
    if (!asked.success) throw badRequest("This is not a correction of something in the record.");
    const { meeting, seen, change } = asked.data;
    const corrector = await correctorFrom(room, who, parts);
    const live = meetingIn(asking, meeting, meetings);
    const shown = shownTo(asking, live, now());
    if (!shown.whole && !isIn(shown.record, change))
      throw refused({ code: "nothing-to-correct", detail: {} }, room, parts);
    const decision = meetings.correct(live, change, seen, corrector);
    response.json(recordAfter(decision, asking, meeting, parts));
  });

  router.post("/rooms/:room/redo", async (request, response) => {
    const asking = await visitor(request);
    const { room, who } = asking;
    const asked = RedoRequest.safeParse(request.body);
    if (!asked.success) throw badRequest("Which meeting's minutes are to be made anew?");
    const corrector = await correctorFrom(room, who, parts);
    const decision = meetings.redo(meetingIn(asking, asked.data.meeting, meetings), null, corrector);
    response.json(recordAfter(decision, asking, asked.data.meeting, parts));
  });

  return router;
}

/** The last of them, of a room that has met often. */
const MEETINGS_IN_GRAPH = 20;

/** One after another: what is read and handed over of one meeting is little, of twenty it would be much at once. */
async function graphOfRoom(asking: Visitor, { meetings, roomGraph, graphOf, now }: RecordApi): Promise<MeetingGraph> {
  const graphs: MeetingGraph[] = [];
  const { seen } = await pastMeetings(asking, meetings);
  for (const { id } of seen.slice(0, MEETINGS_IN_GRAPH)) {
    const live = await meetings.look(asking.room, id);
    if (live) graphs.push(await graphOf(shownTo(asking, live, now())));
  }
  return roomGraph(asking.room, graphs);
}

async function correctorFrom(room: RoomId, who: ParticipantId, { room: rooms, now }: RecordApi): Promise<Corrector> {
  const [moderator, name] = await Promise.all([rooms.isModerator(room, who), rooms.nameOf(room, who)]);
  return { by: who, name, moderator, at: now(), door: "widget" };
}

function recordAfter(decision: RecordDecision, asking: Visitor, meeting: MeetingId, parts: RecordApi): RecordResponse {
  if (!decision.accepted) throw refused(decision.refusal, asking.room, parts);
  return { record: shownTo(asking, meetingIn(asking, meeting, parts.meetings), parts.now()).record };
}

function isIn({ utterances, minutes }: MeetingRecord, { of, id }: Corrigible): boolean {
  switch (of) {
    case "utterance":
      return utterances.some((each) => each.id === id);
    case "task":
      return taskIn(minutes, id) !== null;
    case "decision":
      return decisionIn(minutes, id) !== null;
    case "question":
      return questionIn(minutes, id) !== null;
    // Of what was said before somebody came a summary may hold more than they are shown.
    case "summary":
      return false;
  }
}
