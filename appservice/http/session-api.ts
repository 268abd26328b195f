import type { Request, Router } from "express";
import type { Allowance } from "../journal/allowance.ts";
import type { Links } from "../journal/links.ts";
import type { SignIns } from "../journal/sign-ins.ts";
import type { Sessions } from "../journal/sessions.ts";
import {
  DEVICE_HEADER,
  LinkSessionRequest,
  ROOM_NOT_READY,
  SessionRequest,
  SIGNED_OUT,
  type Session,
} from "../protocol/http-api.ts";
import { DeviceId, type Language, type ParticipantId, type RoomId } from "../protocol/identity.ts";
import { NAMESPACE } from "../protocol/namespace.ts";
import { ApiFailure, badRequest } from "./api-failure.ts";
import { exactRouter } from "./exact.ts";
import { type OpenIdServers, proveIdentity } from "./openid.ts";
import { tooMuch } from "./limits.ts";
import { notMember, type VisitorParts } from "./visitor.ts";

export type SessionApi = {
  readonly sessions: Sessions;
  readonly links: Links;
  readonly signIns: SignIns;
  readonly openIdServers: OpenIdServers;
  readonly now: () => number;
  /** How many sessions a person opens. */
  readonly sessionsOf: Allowance;
  readonly languageOf: (room: RoomId) => Language;
  readonly room: VisitorParts["room"] & {
    readonly isModerator: (room: RoomId, who: ParticipantId) => Promise<boolean>;
    readonly nameOf: (room: RoomId, who: ParticipantId) => Promise<string>;
    readonly isEncrypted: (room: RoomId) => Promise<boolean>;
    /** Whether the bot may write the meeting into the room's state and timeline. */
    readonly botMayWrite: (room: RoomId) => Promise<boolean>;
  };
};

const SESSION_MS = 3600_000;
/** Behind a link there is nobody to prove anew who one is, so its session lasts for a whole meeting. */
const LINK_SESSION_MS = 6 * 3600_000;

/** Sessions are opened with a proof of who one is: an OpenID token of the homeserver, or a link the bot gave. */
export function sessionApi(parts: SessionApi): Router {
  const router = exactRouter();

  router.post("/session", async (request, response) => {
    const asked = SessionRequest.safeParse(request.body);
    if (!asked.success) throw badRequest("A session is asked for with a room and an OpenID token.");
    const device = deviceOf(request);
    const who = await proveIdentity(asked.data, parts.openIdServers);
    const { roomId: room, browser = device } = asked.data;
    if (parts.signIns.isShut(who, browser, parts.now()))
      throw new ApiFailure(
        403,
        SIGNED_OUT,
        "All sessions of this account were ended just now. “!circle link” in the room opens the circle.",
      );
    const session = await openSession({ participant: who, room, device }, SESSION_MS, parts);
    const confirm = parts.signIns.opened({ participant: who, room, openedAt: parts.now() }, browser);
    response.json(confirm === null ? session : { ...session, confirm });
  });

  router.post("/session/link", async (request, response) => {
    const asked = LinkSessionRequest.safeParse(request.body);
    if (!asked.success) throw badRequest("A session is asked for with the code of a link.");
    const device = deviceOf(request);
    const link = parts.links.take(asked.data.code, parts.now());
    if (!link)
      throw new ApiFailure(
        401,
        `${NAMESPACE}.link_used`.toUpperCase(),
        "This link has been used or has run out. “!circle link” in the room makes a new one.",
      );
    response.json(await openSession({ ...link, device }, LINK_SESSION_MS, parts));
  });

  return router;
}

function deviceOf(request: Request): DeviceId {
  const device = DeviceId.safeParse(request.headers[DEVICE_HEADER]);
  if (!device.success)
    throw badRequest(`A session is opened for a device: 16 to 64 letters of chance in ${DEVICE_HEADER}.`);
  return device.data;
}

type For = { readonly participant: ParticipantId; readonly room: RoomId; readonly device: DeviceId };

async function openSession(
  { participant: who, room, device }: For,
  lastsMs: number,
  parts: SessionApi,
): Promise<Session> {
  const { room: rooms, sessions, now, languageOf, sessionsOf } = parts;
  if (sessionsOf.take(who) !== "granted") throw tooMuch();
  if (!(await rooms.isJoined(room, rooms.botId)))
    throw new ApiFailure(403, ROOM_NOT_READY.botAbsent, "The facilitator is not in this room. Invite it first.");
  if (!(await rooms.isJoined(room, who))) throw notMember();
  if (await rooms.isEncrypted(room))
    throw new ApiFailure(
      403,
      ROOM_NOT_READY.encrypted,
      "This room is encrypted, and the facilitator cannot take part in encrypted rooms yet.",
    );
  const [mayKeep, name, botMayWrite] = await Promise.all([
    rooms.isModerator(room, who),
    rooms.nameOf(room, who),
    rooms.botMayWrite(room),
  ]);
  const expiresAt = now() + lastsMs;
  const token = sessions.open({ participant: who, room, device, expiresAt });
  return {
    token,
    expiresAt,
    serverTime: now(),
    me: { id: who, name, mayKeep },
    language: languageOf(room),
    callAvailable: true,
    botMayWrite,
  };
}
