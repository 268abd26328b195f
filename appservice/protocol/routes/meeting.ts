import { AgreementResponse } from "../agreement.ts";
import {
  CallResponse,
  CommandRequest,
  MeetingResponse,
  MyTextResponse,
  PictureResponse,
  ScenariosResponse,
} from "../http-api.ts";
import { ParticipantId } from "../identity.ts";
import { MediaKeysResponse } from "../media-key.ts";
import { MyLinkResponse } from "../my-link.ts";
import { OutOfTurnResponse } from "../out-of-turn.ts";
import { route } from "./route.ts";

/** The meeting that goes on in a room: how it stands, what one may ask of it, and its call. */
export const MEETING_ROUTES = {
  meeting: route({
    method: "GET",
    path: "/api/v1/rooms/:room/meeting",
    access: "session",
    guests: true,
    answer: MeetingResponse,
  }),
  command: route({
    method: "POST",
    path: "/api/v1/rooms/:room/commands",
    access: "session",
    guests: true,
    body: { schema: CommandRequest, otherwise: "This is not a command the circle knows." },
    answer: MeetingResponse,
    errors: ["REFUSED"],
  }),
  scenarios: route({
    method: "GET",
    path: "/api/v1/rooms/:room/scenarios",
    access: "session",
    answer: ScenariosResponse,
  }),
  agreement: route({
    method: "GET",
    path: "/api/v1/rooms/:room/agreement",
    access: "session",
    guests: true,
    answer: AgreementResponse,
  }),
  myText: route({
    method: "GET",
    path: "/api/v1/rooms/:room/my-text",
    access: "session",
    guests: true,
    answer: MyTextResponse,
  }),
  picture: route({
    method: "GET",
    path: "/api/v1/rooms/:room/people/:person/picture",
    access: "session",
    guests: true,
    // A person whose id cannot be read has no picture to show.
    params: { person: { schema: ParticipantId.nullable().catch(null), otherwise: "NOTHING_HERE" } },
    answer: PictureResponse,
  }),
  outOfTurn: route({
    method: "GET",
    path: "/api/v1/rooms/:room/out-of-turn",
    access: "session",
    right: "see-out-of-turn",
    answer: OutOfTurnResponse,
    errors: ["FORBIDDEN"],
  }),
  callAccess: route({
    method: "POST",
    path: "/api/v1/rooms/:room/call",
    access: "session",
    guests: true,
    answer: CallResponse,
    errors: ["CALL_UNAVAILABLE"],
  }),
  myLink: route({
    method: "POST",
    path: "/api/v1/rooms/:room/my-link",
    access: "session",
    right: "take-link",
    answer: MyLinkResponse,
    errors: ["FORBIDDEN"],
  }),
  mediaKeys: route({
    method: "POST",
    path: "/api/v1/rooms/:room/call/keys",
    access: "session",
    right: "take-call-keys",
    answer: MediaKeysResponse,
    errors: ["FORBIDDEN"],
  }),
};
