import express, { type Request, Router } from "express";
import type { PersonCommand } from "../circle/command.ts";
import { planOf, type Scenario } from "../circle/scenario.ts";
import { snapshotOf } from "../circle/snapshot.ts";
import type { Meetings } from "../journal/meetings.ts";
import { recordOf } from "../journal/record.ts";
import type { Sessions } from "../journal/sessions.ts";
import { CommandRequest, SessionRequest, type CallResponse, type MeetingResponse, type RecordResponse, type Session } from "../protocol/http-api.ts";
import { type Language, type ParticipantId, RoomId } from "../protocol/identity.ts";
import { NAMESPACE } from "../protocol/namespace.ts";
import { errcodeOf, type Refusal } from "../protocol/refusal.ts";
import { ApiFailure, badRequest, forbidden, unknownToken } from "./api-failure.ts";
import { type OpenIdServers, proveIdentity } from "./openid.ts";

export type WidgetApi = {
  readonly meetings: Meetings;
  readonly sessions: Sessions;
  readonly scenarios: ReadonlyMap<string, Scenario>;
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
  };
  readonly refusalText: (refusal: Refusal, room: RoomId) => string;
  readonly callToken: (room: RoomId, who: ParticipantId, name: string) => Promise<CallResponse>;
};

const SESSION_MS = 3600_000;
const EXTENSION_MS = 30_000;

type Visitor = { readonly who: ParticipantId; readonly room: RoomId };

/** What the widget asks of the service; the shapes are in `protocol/http-api.ts`. */
export function widgetApi(parts: WidgetApi): Router {
  const { meetings, now } = parts;
  const router = Router();
  router.use(express.json({ limit: "16kb" }));

  router.post("/session", async (request, response) => {
    const asked = SessionRequest.safeParse(request.body);
    if (!asked.success) throw badRequest("A session is asked for with a room and an OpenID token.");
    response.json(await openSession(asked.data, parts));
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

  router.post("/rooms/:room/commands", async (request, response) => {
    const { room, who } = await visitor(request, parts);
    const asked = CommandRequest.safeParse(request.body);
    if (!asked.success) throw badRequest("This is not a command the circle knows.");
    const [moderator, name] = await Promise.all([parts.room.isModerator(room, who), parts.room.nameOf(room, who)]);
    const person = { by: who, moderator, at: now(), from: "widget" as const };
    const decision = meetings.send(room, commandFrom(asked.data, person, name, room, parts));
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

  return router;
}

async function openSession(request: SessionRequest, parts: WidgetApi): Promise<Session> {
  const { room: rooms, sessions, now, languageOf } = parts;
  const { roomId: room } = request;
  const who = await proveIdentity(request, parts.openIdServers);
  if (!(await isIn(room, who, parts))) throw notMember();
  const [mayKeep, name] = await Promise.all([rooms.isModerator(room, who), rooms.nameOf(room, who)]);
  const expiresAt = now() + SESSION_MS;
  const token = sessions.open({ participant: who, room, expiresAt });
  return { token, expiresAt, serverTime: now(), me: { id: who, name, mayKeep }, language: languageOf(room), callAvailable: true };
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
  asked: CommandRequest,
  person: Pick<PersonCommand, "by" | "moderator" | "at" | "from">,
  name: string,
  room: RoomId,
  parts: WidgetApi,
): PersonCommand {
  const unseen = { ...person, expectedVersion: null };
  switch (asked.type) {
    case "join": return { type: "join", name, ...unseen };
    case "leave": return { type: "leave", ...unseen };
    case "start": return { type: "start", ...startFrom(asked, room, parts), ...unseen };
    case "extend": return { ...asked, ...person, byMs: EXTENSION_MS };
    default: return { ...asked, ...person };
  }
}

function startFrom(asked: Extract<CommandRequest, { type: "start" }>, room: RoomId, parts: WidgetApi) {
  const { scenario: id = "council", topic = "" } = asked;
  const scenario = parts.scenarios.get(id);
  if (!scenario) {
    throw refused({ code: "unknown-scenario", detail: { scenario: id, known: [...parts.scenarios.keys()].join(", ") } }, room, parts);
  }
  return { plan: planOf(scenario, parts.languageOf(room), topic.trim()), topic: topic.trim(), seed: parts.seed() };
}

function refused(refusal: Refusal, room: RoomId, { refusalText }: WidgetApi): ApiFailure {
  return new ApiFailure(409, errcodeOf(refusal.code), refusalText(refusal, room));
}

function meetingResponse(room: RoomId, { meetings, now }: WidgetApi): MeetingResponse {
  const live = meetings.of(room);
  if (!live) return { serverTime: now(), meeting: null, record: 0 };
  return { serverTime: now(), meeting: snapshotOf(live.meeting, now()), record: recordOf(live.meeting, live.record).version };
}
