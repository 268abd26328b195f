import express, { type Request, Router } from "express";
import type { z } from "zod";
import type { PersonCommand } from "../circle/command.ts";
import { planOf, type Scenario, textIn } from "../circle/scenario.ts";
import { snapshotOf } from "../circle/snapshot.ts";
import type { KeptAudio } from "../journal/kept-audio.ts";
import type { Links } from "../journal/links.ts";
import type { Corrector, RecordDecision } from "../journal/correct.ts";
import type { LiveMeeting, Meetings } from "../journal/meetings.ts";
import { recordOf } from "../journal/record.ts";
import type { Sessions } from "../journal/sessions.ts";
import {
  CommandRequest, CorrectionRequest, FILE_FORMATS, FileFormat, GRAPH_FORMATS, GraphFileFormat, type GraphResponse, LinkSessionRequest, RedoRequest, ROOM_NOT_READY, SessionRequest,
  type CallResponse, type MeetingResponse, type MyTextResponse, type OutlinedCircle, type PastMeetingResponse, type PastMeetingsResponse, type PictureResponse,
  type RecordFile, type RecordResponse, type ScenariosResponse, type Session,
} from "../protocol/http-api.ts";
import { Language, MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { MeetingGraph } from "../protocol/meeting-graph.ts";
import { NAMESPACE } from "../protocol/namespace.ts";
import { errcodeOf, type Refusal } from "../protocol/refusal.ts";
import { ApiFailure, badRequest, forbidden, unknownToken } from "./api-failure.ts";
import { audioApi } from "./audio-api.ts";
import { tasksApi, type TasksApi } from "./tasks-api.ts";
import { type OpenIdServers, proveIdentity } from "./openid.ts";

export type WidgetApi = TasksApi & {
  readonly meetings: Meetings;
  readonly sessions: Sessions;
  readonly links: Links;
  readonly scenariosOf: (room: RoomId) => Promise<Scenarios>;
  readonly openIdServers: OpenIdServers;
  readonly now: () => number;
  /** Chance, for lots. */
  readonly seed: () => number;
  readonly languageOf: (room: RoomId) => Language;
  readonly room: {
    readonly botId: ParticipantId;
    readonly isJoined: (room: RoomId, who: ParticipantId) => Promise<boolean>;
    readonly isModerator: (room: RoomId, who: ParticipantId) => Promise<boolean>;
    readonly nameOf: (room: RoomId, who: ParticipantId) => Promise<string>;
    readonly isEncrypted: (room: RoomId) => Promise<boolean>;
    /** Whether the bot may write the meeting into the room's state and timeline. */
    readonly botMayWrite: (room: RoomId) => Promise<boolean>;
  };
  readonly refusalText: (refusal: Refusal, room: RoomId) => string;
  readonly audio: KeptAudio;
  readonly pictureOf: (room: RoomId, who: ParticipantId) => Promise<string | null>;
  readonly recordFile: (format: FileFormat, of: PastMeetingResponse) => RecordFile;
  readonly graphOf: (of: PastMeetingResponse) => MeetingGraph;
  readonly roomGraph: (meetings: readonly PastMeetingResponse[]) => Promise<MeetingGraph>;
  readonly roomGraphFile: (format: GraphFileFormat, graph: MeetingGraph, language: Language) => RecordFile;
  readonly callToken: (room: RoomId, who: ParticipantId, name: string) => Promise<CallResponse>;
};

/** What can be started in a room, its own included. */
export type Scenarios = { readonly all: ReadonlyMap<string, Scenario>; readonly own: ReadonlySet<string>; readonly preferred: string };

/** A long summary in Russian takes some 80 kB. */
const BODY_LIMIT = "128kb";

const SESSION_MS = 3600_000;
/** Behind a link there is nobody to prove anew who one is, so its session lasts for a whole meeting. */
const LINK_SESSION_MS = 6 * 3600_000;
const EXTENSION_MS = 30_000;
const LANGUAGES = Language.options;

type Visitor = { readonly who: ParticipantId; readonly room: RoomId };

/** What the widget asks of the service; the shapes are in `protocol/http-api.ts`. */
export function widgetApi(parts: WidgetApi): Router {
  const { meetings, now } = parts;
  const router = Router();
  router.use(express.json({ limit: BODY_LIMIT }));
  router.use(audioApi({ audio: parts.audio, visitor: (request) => visitor(request, parts), meetingIn: (room, id) => meetingIn(room, id, parts) }));

  router.post("/session", async (request, response) => {
    const asked = SessionRequest.safeParse(request.body);
    if (!asked.success) throw badRequest("A session is asked for with a room and an OpenID token.");
    const who = await proveIdentity(asked.data, parts.openIdServers);
    response.json(await openSession(who, asked.data.roomId, SESSION_MS, parts));
  });

  router.post("/session/link", async (request, response) => {
    const asked = LinkSessionRequest.safeParse(request.body);
    if (!asked.success) throw badRequest("A session is asked for with the code of a link.");
    const link = parts.links.take(asked.data.code, now());
    if (!link) throw new ApiFailure(401, `${NAMESPACE}.link_used`.toUpperCase(), "This link has been used or has run out. “!circle link” in the room makes a new one.");
    response.json(await openSession(link.participant, link.room, LINK_SESSION_MS, parts));
  });

  router.get("/rooms/:room/scenarios", async (request, response) => {
    const { room } = await visitor(request, parts);
    const ofRoom = parts.languageOf(room);
    const ofReader = request.acceptsLanguages(...LANGUAGES) || ofRoom;
    response.json(scenariosResponse(await parts.scenariosOf(room), { ofRoom, ofReader: Language.parse(ofReader) }));
  });

  router.get("/rooms/:room/my-text", async (request, response) => {
    const { room, who } = await visitor(request, parts);
    const circle = meetings.of(room)?.meeting.circle;
    const written = circle?.stage === "writing" ? circle.written.find((each) => each.who === who) : undefined;
    const body: MyTextResponse = { text: circle && written ? { circle: circle.index, text: written.text, finished: written.finished } : null };
    response.json(body);
  });

  router.get("/rooms/:room/meeting", async (request, response) => {
    const { room } = await visitor(request, parts);
    response.json(meetingResponse(room, parts));
  });

  router.get("/rooms/:room/record", async (request, response) => {
    const { room } = await visitor(request, parts);
    const live = meetings.of(room);
    const body: RecordResponse = { record: live && recordOf(live.meeting, live.record) };
    response.json(body);
  });

  router.get("/rooms/:room/people/:person/picture", async (request, response) => {
    const { room } = await visitor(request, parts);
    const person = ParticipantId.safeParse(request.params.person);
    const body: PictureResponse = { picture: person.success ? await parts.pictureOf(room, person.data) : null };
    response.json(body);
  });

  router.get("/rooms/:room/meetings", async (request, response) => {
    const { room } = await visitor(request, parts);
    const body: PastMeetingsResponse = { meetings: meetings.past(room).map((each) => ({ ...each, people: [...each.people] })) };
    response.json(body);
  });

  router.get("/rooms/:room/meetings/:meeting", async (request, response) => {
    const { room } = await visitor(request, parts);
    const { meeting, record } = meetingIn(room, request.params.meeting, parts);
    const body: PastMeetingResponse = { meeting: snapshotOf(meeting, now()), record: recordOf(meeting, record) };
    response.json(body);
  });

  router.get("/rooms/:room/meetings/:meeting/files/:format", async (request, response) => {
    const { room } = await visitor(request, parts);
    const { meeting, record } = meetingIn(room, request.params.meeting, parts);
    const format = FileFormat.safeParse(request.params.format);
    if (!format.success) throw new ApiFailure(404, "M_NOT_FOUND", `A record can be had as ${FILE_FORMATS.join(", ")}.`);
    const body: RecordFile = parts.recordFile(format.data, { meeting: snapshotOf(meeting, now()), record: recordOf(meeting, record) });
    response.json(body);
  });

  router.get("/rooms/:room/meetings/:meeting/graph", async (request, response) => {
    const { room } = await visitor(request, parts);
    const { meeting, record } = meetingIn(room, request.params.meeting, parts);
    const body: GraphResponse = { graph: parts.graphOf({ meeting: snapshotOf(meeting, now()), record: recordOf(meeting, record) }) };
    response.json(body);
  });

  router.get("/rooms/:room/graph", async (request, response) => {
    const { room } = await visitor(request, parts);
    const body: GraphResponse = { graph: await graphOfRoom(room, parts) };
    response.json(body);
  });

  router.get("/rooms/:room/graph/files/:format", async (request, response) => {
    const { room } = await visitor(request, parts);
    const format = GraphFileFormat.safeParse(request.params.format);
    if (!format.success) throw new ApiFailure(404, "M_NOT_FOUND", `A room's graph can be had as ${GRAPH_FORMATS.join(", ")}.`);
    const body: RecordFile = parts.roomGraphFile(format.data, await graphOfRoom(room, parts), parts.languageOf(room));
    response.json(body);
  });

  router.post("/rooms/:room/corrections", async (request, response) => {
    const { room, who } = await visitor(request, parts);
    const asked = CorrectionRequest.safeParse(request.body);
    if (!asked.success) throw badRequest("This is not a correction of something in the record.");
    const { meeting, seen, change } = asked.data;
    const corrector = await correctorFrom(room, who, parts);
    const decision = meetings.correct(meetingIn(room, meeting, parts), change, seen, corrector);
    response.json(recordAfter(decision, room, meeting, parts));
  });

  router.post("/rooms/:room/redo", async (request, response) => {
    const { room, who } = await visitor(request, parts);
    const asked = RedoRequest.safeParse(request.body);
    if (!asked.success) throw badRequest("Which meeting's minutes are to be made anew?");
    const corrector = await correctorFrom(room, who, parts);
    const decision = meetings.redo(meetingIn(room, asked.data.meeting, parts), null, corrector);
    response.json(recordAfter(decision, room, asked.data.meeting, parts));
  });

  router.post("/rooms/:room/commands", async (request, response) => {
    const { room, who } = await visitor(request, parts);
    const asked = CommandRequest.safeParse(request.body);
    if (!asked.success) throw badRequest("This is not a command the circle knows.");
    const [moderator, name, scenarios] = await Promise.all([parts.room.isModerator(room, who), parts.room.nameOf(room, who), parts.scenariosOf(room)]);
    const person = { by: who, moderator, at: now(), from: "widget" as const };
    const decision = meetings.send(room, commandFrom(asked.data, person, name, room, scenarios, parts));
    if (!decision.accepted) throw refused(decision.refusal, room, parts);
    response.json(meetingResponse(room, parts));
  });

  router.post("/rooms/:room/call", async (request, response) => {
    const { room, who } = await visitor(request, parts);
    const name = await parts.room.nameOf(room, who);
    const body: CallResponse = await parts.callToken(room, who, name).catch((cause: unknown) => {
      throw new ApiFailure(503, `${NAMESPACE}.call_unavailable`.toUpperCase(), "The call cannot be reached right now. Try again in a moment.", { cause });
    });
    response.json(body);
  });

  tasksApi(router, (request) => visitor(request, parts), parts);

  return router;
}

async function openSession(who: ParticipantId, room: RoomId, lastsMs: number, parts: WidgetApi): Promise<Session> {
  const { room: rooms, sessions, now, languageOf } = parts;
  if (!(await rooms.isJoined(room, rooms.botId))) throw new ApiFailure(403, ROOM_NOT_READY.botAbsent, "The facilitator is not in this room. Invite it first.");
  if (!(await rooms.isJoined(room, who))) throw notMember();
  if (await rooms.isEncrypted(room)) throw new ApiFailure(403, ROOM_NOT_READY.encrypted, "This room is encrypted, and the facilitator cannot take part in encrypted rooms yet.");
  const [mayKeep, name, botMayWrite] = await Promise.all([rooms.isModerator(room, who), rooms.nameOf(room, who), rooms.botMayWrite(room)]);
  const expiresAt = now() + lastsMs;
  const token = sessions.open({ participant: who, room, expiresAt });
  return { token, expiresAt, serverTime: now(), me: { id: who, name, mayKeep }, language: languageOf(room), callAvailable: true, botMayWrite };
}

/** Whoever asks, checked anew with each call: the session, its room, and that they are in that room still. */
async function visitor(request: Request<{ room: string }>, parts: WidgetApi): Promise<Visitor> {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  const session = token ? parts.sessions.find(token, parts.now()) : null;
  if (!session) throw unknownToken();
  const room = RoomId.safeParse(request.params.room);
  if (!room.success || room.data !== session.room) throw forbidden("This session belongs to another room.");
  if (!(await isIn(session.room, session.participant, parts))) throw notMember();
  return { who: session.participant, room: session.room };
}

/** A room the bot is not in cannot be read, and nobody is in it as far as we know. */
async function isIn(room: RoomId, who: ParticipantId, { room: rooms }: WidgetApi): Promise<boolean> {
  return (await rooms.isJoined(room, rooms.botId)) && (await rooms.isJoined(room, who));
}

const notMember = () => forbidden("You are not in this room, or the facilitator is not.");

function commandFrom(
  asked: z.output<typeof CommandRequest>,
  person: Pick<PersonCommand, "by" | "moderator" | "at" | "from">,
  name: string,
  room: RoomId,
  scenarios: Scenarios,
  parts: WidgetApi,
): PersonCommand {
  const unseen = { ...person, expectedVersion: null };
  switch (asked.type) {
    case "join": return { type: "join", name, ...unseen };
    case "leave": return { type: "leave", ...unseen };
    case "start": return { type: "start", ...startFrom(asked, room, scenarios, parts), ...unseen };
    case "extend": return { ...asked, ...person, byMs: EXTENSION_MS };
    default: return { ...unseen, ...asked };
  }
}

function startFrom(asked: Extract<CommandRequest, { type: "start" }>, room: RoomId, { all, preferred }: Scenarios, parts: WidgetApi) {
  const { scenario: id = preferred, topic = "" } = asked;
  const scenario = all.get(id);
  if (!scenario) throw refused({ code: "unknown-scenario", detail: { scenario: id, known: [...all.keys()].join(", ") } }, room, parts);
  return { plan: planOf(scenario, parts.languageOf(room), topic.trim()), topic: topic.trim(), seed: parts.seed() };
}

/** A meeting of this very room: nobody reads another's by its id. */
function meetingIn(room: RoomId, id: string, { meetings }: WidgetApi): LiveMeeting {
  const known = MeetingId.safeParse(id);
  const live = known.success ? meetings.find(room, known.data) : null;
  if (!live) throw new ApiFailure(404, "M_NOT_FOUND", "There was no such meeting in this room.");
  return live;
}

/** The last of them, of a room that has met often. */
const MEETINGS_IN_GRAPH = 20;

function graphOfRoom(room: RoomId, { meetings, roomGraph, now }: WidgetApi): Promise<MeetingGraph> {
  const last = meetings.past(room).slice(0, MEETINGS_IN_GRAPH).flatMap(({ id }) => meetings.find(room, id) ?? []);
  return roomGraph(last.map(({ meeting, record }) => ({ meeting: snapshotOf(meeting, now()), record: recordOf(meeting, record) })));
}

async function correctorFrom(room: RoomId, who: ParticipantId, { room: rooms, now }: WidgetApi): Promise<Corrector> {
  const [moderator, name] = await Promise.all([rooms.isModerator(room, who), rooms.nameOf(room, who)]);
  return { by: who, name, moderator, at: now(), door: "widget" };
}

function recordAfter(decision: RecordDecision, room: RoomId, meeting: MeetingId, parts: WidgetApi): RecordResponse {
  if (!decision.accepted) throw refused(decision.refusal, room, parts);
  const live = meetingIn(room, meeting, parts);
  return { record: recordOf(live.meeting, live.record) };
}

/** Titles are for the reader; themes stand as the meeting would ask them. */
function scenariosResponse({ all, own, preferred }: Scenarios, { ofRoom, ofReader }: { ofRoom: Language; ofReader: Language }): ScenariosResponse {
  const scenarios = [...all.values()].map((scenario) => ({
    id: scenario.id,
    title: textIn(scenario.title, ofReader),
    about: scenario.about ? textIn(scenario.about, ofReader) : "",
    own: own.has(scenario.id),
    circles: scenario.circles.length,
    outline: outlineOf(scenario, ofRoom),
  }));
  return { preferred, scenarios };
}

function outlineOf(scenario: Scenario, language: Language): OutlinedCircle[] {
  // The topic's place stays in, for whoever is about to write it.
  return planOf(scenario, language, "{topic}").circles.map(({ kind, theme, limitMs, circleMs, speakers, repeat }) => ({
    kind, theme, speakers,
    secondsPerTurn: limitMs / 1000,
    circleSeconds: circleMs === null ? null : circleMs / 1000,
    back: repeat && { to: repeat.from, atMost: repeat.atMost },
  }));
}

function refused(refusal: Refusal, room: RoomId, { refusalText }: WidgetApi): ApiFailure {
  return new ApiFailure(409, errcodeOf(refusal.code), refusalText(refusal, room));
}

function meetingResponse(room: RoomId, { meetings, now }: WidgetApi): MeetingResponse {
  const live = meetings.of(room);
  if (!live) return { serverTime: now(), meeting: null, record: 0 };
  return { serverTime: now(), meeting: snapshotOf(live.meeting, now()), record: recordOf(live.meeting, live.record).version };
}
