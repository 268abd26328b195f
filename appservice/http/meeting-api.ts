import type { Router } from "express";
import type { z } from "zod";
import type { PersonCommand } from "../circle/command.ts";
import { planOf } from "../circle/scenario.ts";
import { whyNotMuteAll } from "../circle/steering.ts";
import type { Meetings } from "../journal/meetings.ts";
import {
  CommandRequest,
  type CallResponse,
  type MeetingResponse,
  type MyTextResponse,
  type PictureResponse,
} from "../protocol/http-api.ts";
import { Language, ParticipantId, type RoomId } from "../protocol/identity.ts";
import { NAMESPACE } from "../protocol/namespace.ts";
import type { Refusal } from "../protocol/refusal.ts";
import { agree, type AgreementApi, refuseIfChanged } from "./agreement-api.ts";
import { ApiFailure, badRequest, refused } from "./api-failure.ts";
import { exactRouter } from "./exact.ts";
import { type Scenarios, scenariosResponse } from "./scenarios-response.ts";
import { type FindVisitor, maySee, shownTo, type Visitor } from "./visitor.ts";

export type MeetingApi = AgreementApi & {
  readonly meetings: Meetings;
  readonly scenariosOf: (room: RoomId) => Promise<Scenarios>;
  readonly now: () => number;
  /** Chance, for lots. */
  readonly seed: () => number;
  readonly languageOf: (room: RoomId) => Language;
  readonly room: {
    readonly isModerator: (room: RoomId, who: ParticipantId) => Promise<boolean>;
    readonly nameOf: (room: RoomId, who: ParticipantId) => Promise<string>;
    /** Why a room as it is would not have this at all. */
    readonly refused: (command: string, room: RoomId) => Promise<Refusal | null>;
  };
  readonly refusalText: (refusal: Refusal, room: RoomId) => string;
  /** Closes all microphones of the room's call once. */
  readonly muteAll: (room: RoomId) => void;
  readonly pictureOf: (room: RoomId, who: ParticipantId) => Promise<string | null>;
  readonly listening: (room: RoomId) => MeetingResponse["listening"];
  readonly callToken: (room: RoomId, who: ParticipantId, name: string) => Promise<CallResponse>;
};

const EXTENSION_MS = 30_000;
const LANGUAGES = Language.options;

/** The meeting that goes on in a room: what it is, what one may ask of it, and its call. */
export function meetingApi(visitor: FindVisitor, parts: MeetingApi): Router {
  const { meetings } = parts;
  const router = exactRouter();

  router.get("/rooms/:room/scenarios", async (request, response) => {
    const { room } = await visitor(request);
    const reader = Language.parse(request.acceptsLanguages(...LANGUAGES) || parts.languageOf(room));
    response.json(scenariosResponse(await parts.scenariosOf(room), reader));
  });

  router.get("/rooms/:room/my-text", async (request, response) => {
    const { room, who } = await visitor(request);
    const circle = meetings.of(room)?.meeting.circle;
    const written = circle?.stage === "writing" ? circle.written.find((each) => each.who === who) : undefined;
    const body: MyTextResponse = {
      text: circle && written ? { circle: circle.index, text: written.text, finished: written.finished } : null,
    };
    response.json(body);
  });

  router.get("/rooms/:room/meeting", async (request, response) => {
    response.json(meetingResponse(await visitor(request), parts));
  });

  router.get("/rooms/:room/people/:person/picture", async (request, response) => {
    const { room } = await visitor(request);
    const person = ParticipantId.safeParse(request.params.person);
    const body: PictureResponse = { picture: person.success ? await parts.pictureOf(room, person.data) : null };
    response.json(body);
  });

  router.post("/rooms/:room/commands", async (request, response) => {
    const asking = await visitor(request);
    const { room, who } = asking;
    const asked = CommandRequest.safeParse(request.body);
    if (!asked.success) throw badRequest("This is not a command the circle knows.");
    const [moderator, name, scenarios, closed] = await Promise.all([
      parts.room.isModerator(room, who),
      parts.room.nameOf(room, who),
      parts.scenariosOf(room),
      parts.room.refused(asked.data.type, room),
    ]);
    const person = { by: who, moderator, at: parts.now(), from: "widget" as const };
    if (closed) throw refused(closed, room, parts);
    if (asked.data.type === "mute-all") {
      const refusal = whyNotMuteAll(meetings.of(room)?.meeting ?? null, {
        id: who,
        door: "widget",
        rights: { admitted: true, moderates: moderator },
      });
      if (refusal) throw refused(refusal, room, parts);
      parts.muteAll(room);
      return void response.json(meetingResponse(asking, parts));
    }
    const agreement = asked.data.type === "join" ? asked.data.agreement : undefined;
    if (agreement) refuseIfChanged(agreement, room, parts);
    const decision = meetings.send(room, commandFrom(asked.data, person, name, room, scenarios, parts));
    // Whoever sits there already, by the chat or on another device, has answered all the same.
    if (agreement && !decision.accepted && decision.refusal.code === "already-joined")
      agree(agreement, room, who, parts);
    if (!decision.accepted) throw refused(decision.refusal, room, parts);
    response.json(meetingResponse(asking, parts));
  });

  router.post("/rooms/:room/call", async (request, response) => {
    const { room, who } = await visitor(request);
    const name = await parts.room.nameOf(room, who);
    const body: CallResponse = await parts.callToken(room, who, name).catch((cause: unknown) => {
      throw new ApiFailure(
        503,
        `${NAMESPACE}.call_unavailable`.toUpperCase(),
        "The call cannot be reached right now. Try again in a moment.",
        { cause },
      );
    });
    response.json(body);
  });

  return router;
}

function commandFrom(
  asked: Exclude<z.output<typeof CommandRequest>, { type: "mute-all" }>,
  person: Pick<PersonCommand, "by" | "moderator" | "at" | "from">,
  name: string,
  room: RoomId,
  scenarios: Scenarios,
  parts: MeetingApi,
): PersonCommand {
  const unseen = { ...person, expectedVersion: null };
  switch (asked.type) {
    case "join":
      return { type: "join", name, ...unseen, ...(asked.agreement && { agreement: asked.agreement }) };
    case "leave":
      return { type: "leave", ...unseen };
    case "start":
      return { type: "start", ...startFrom(asked, room, scenarios, parts), ...unseen };
    case "extend":
    case "more-time":
      return { ...asked, ...person, byMs: EXTENSION_MS };
    case "draw-order":
      return { ...asked, ...person, seed: parts.seed() };
    default:
      return { ...unseen, ...asked };
  }
}

function startFrom(
  asked: Extract<CommandRequest, { type: "start" }>,
  room: RoomId,
  { all, preferred }: Scenarios,
  parts: MeetingApi,
) {
  const { scenario: id = preferred, topic = "" } = asked;
  const scenario = all.get(id);
  if (!scenario)
    throw refused(
      { code: "unknown-scenario", detail: { scenario: id, known: [...all.keys()].join(", ") } },
      room,
      parts,
    );
  return { plan: planOf(scenario, parts.languageOf(room), topic.trim()), topic: topic.trim(), seed: parts.seed() };
}

function meetingResponse(asking: Visitor, { meetings, now, listening: listeningIn }: MeetingApi): MeetingResponse {
  const live = meetings.of(asking.room);
  const listening = listeningIn(asking.room);
  const beside = { serverTime: now(), ...(listening ? { listening } : {}) };
  if (!live || !maySee(asking, live.meeting)) return { ...beside, meeting: null, record: 0 };
  const { meeting, record } = shownTo(asking, live, now());
  return { ...beside, meeting, record: record.version };
}
