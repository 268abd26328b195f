import type { Admissions } from "../admission/admission.ts";
import type { Allowance } from "../journal/allowance.ts";
import type { Links } from "../journal/links.ts";
import type { SignIns } from "../journal/sign-ins.ts";
import type { Sessions } from "../journal/sessions.ts";
import { homeIssuer } from "../protocol/actor.ts";
import type { Session } from "../protocol/http-api.ts";
import type { DeviceId, Language, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { SESSION_ROUTES } from "../protocol/routes/session.ts";
import { ApiFailure } from "./api-failure.ts";
import type { Handler, Handlers } from "./bind.ts";
import { type OpenIdServers, proveIdentity } from "./openid.ts";

type SessionRoutes = typeof SESSION_ROUTES;

/** Needed whatever the proof. */
type OpeningDeps = {
  readonly sessions: Sessions;
  readonly now: () => number;
  /** How many sessions a person opens. */
  readonly sessionsOf: Allowance;
  readonly languageOf: (room: RoomId) => Language;
  readonly admissions: Pick<Admissions, "actor">;
  readonly room: {
    readonly hasBot: (room: RoomId) => Promise<boolean>;
    readonly isEncrypted: (room: RoomId) => Promise<boolean>;
    /** Whether the bot may write the meeting into the room's state and timeline. */
    readonly botMayWrite: (room: RoomId) => Promise<boolean>;
  };
};

export type SessionDeps = OpeningDeps & {
  readonly links: Links;
  readonly signIns: SignIns;
  readonly openIdServers: OpenIdServers;
};

const SESSION_MS = 3600_000;
/** Behind a link there is nobody to prove anew who one is, so its session lasts for a whole meeting. */
const LINK_SESSION_MS = 6 * 3600_000;

/** Sessions are opened with a proof of who one is: an OpenID token of the homeserver, or a link the bot gave. */
export function sessionHandlers(deps: SessionDeps): Handlers<SessionRoutes> {
  return { openSession: byOpenId(deps), openSessionByLink: byLink(deps) };
}

function byOpenId(deps: Omit<SessionDeps, "links">): Handler<SessionRoutes["openSession"]> {
  return async ({ body, device }) => {
    const who = await proveIdentity(body, deps.openIdServers);
    const { roomId: room, browser = device } = body;
    if (deps.signIns.isShut(who, browser, deps.now())) throw new ApiFailure("SIGNED_OUT");
    const session = await openSession({ participant: who, room, device }, SESSION_MS, deps);
    const confirm = deps.signIns.opened({ participant: who, room, openedAt: deps.now() }, browser);
    return confirm === null ? session : { ...session, confirm };
  };
}

function byLink(deps: OpeningDeps & Pick<SessionDeps, "links">): Handler<SessionRoutes["openSessionByLink"]> {
  return async ({ body, device }) => {
    const link = deps.links.take(body.code, deps.now());
    if (!link) throw new ApiFailure("LINK_USED");
    return openSession({ ...link, device }, LINK_SESSION_MS, deps);
  };
}

type For = { readonly participant: ParticipantId; readonly room: RoomId; readonly device: DeviceId };

async function openSession(
  { participant: who, room, device }: For,
  lastsMs: number,
  deps: OpeningDeps,
): Promise<Session> {
  const { admissions, room: rooms, sessions, now, languageOf, sessionsOf } = deps;
  if (sessionsOf.take(who) !== "granted") throw new ApiFailure("TOO_MUCH");
  if (!(await rooms.hasBot(room))) throw new ApiFailure("BOT_ABSENT");
  const actor = await admissions.actor(room, { id: who, issuer: homeIssuer(who) }, "widget");
  if (!actor.rights.admitted) throw new ApiFailure("NOT_IN_ROOM");
  if (await rooms.isEncrypted(room)) throw new ApiFailure("ENCRYPTED_ROOM");
  const botMayWrite = await rooms.botMayWrite(room);
  const expiresAt = now() + lastsMs;
  const token = sessions.open({ participant: who, room, device, expiresAt });
  return {
    token,
    expiresAt,
    serverTime: now(),
    me: { id: who, name: actor.name, mayKeep: actor.rights.moderates },
    language: languageOf(room),
    callAvailable: true,
    botMayWrite,
  };
}
