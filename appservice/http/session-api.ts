import type { Admissions } from "../admission/admission.ts";
import type { Allowance } from "../admission/allowance.ts";
import type { GuestDesk } from "../guests/guest-desk.ts";
import type { Sessions } from "../store/sessions.ts";
import type { Actor, Identity } from "../protocol/actor.ts";
import type { Language, RoomId } from "../protocol/identity.ts";
import type { SESSION_ROUTES } from "../protocol/routes/session.ts";
import { ApiFailure } from "./api-failure.ts";
import type { Handlers } from "./bind.ts";

export type SessionDeps = {
  readonly sessions: Sessions;
  readonly now: () => number;
  /** True where what is said is written down. */
  readonly hasScribe: boolean;
  /** Number of sessions that a person may open. */
  readonly sessionsOf: Allowance;
  readonly languageOf: (room: RoomId) => Language;
  readonly admissions: Pick<Admissions, "actor" | "prove">;
  readonly guests: Pick<GuestDesk, "knock">;
  readonly room: {
    readonly hasBot: (room: RoomId) => Promise<boolean>;
    readonly isEncrypted: (room: RoomId) => Promise<boolean>;
    /** Tells whether the bot may write the meeting into the room's state and timeline. */
    readonly botMayWrite: (room: RoomId) => Promise<boolean>;
  };
};

/** Sessions are opened with a proof of who one is, by one of the issuers. */
export function sessionHandlers(deps: SessionDeps): Handlers<typeof SESSION_ROUTES> {
  const { admissions, sessions, now, languageOf, room: rooms } = deps;
  return {
    knock: ({ body }) => deps.guests.knock(body),
    openSession: async ({ body, device }) => {
      const { id, issuer, room, lastsMs, opened } = await admissions.prove(body, device);
      const actor = await admit(room, { id, issuer }, deps);
      const botMayWrite = await rooms.botMayWrite(room);
      const expiresAt = now() + lastsMs;
      const token = sessions.open({ participant: id, issuer, room, device, expiresAt });
      const confirm = opened();
      return {
        token,
        expiresAt,
        serverTime: now(),
        me: { id, name: actor.name, mayKeep: actor.rights.moderates },
        language: languageOf(room),
        callAvailable: true,
        hasScribe: deps.hasScribe,
        botMayWrite,
        ...(confirm !== null && { confirm }),
      };
    },
  };
}

/** Admits a person who may be in the room's meetings, in a room that can have any. Throws `ApiFailure`. */
async function admit(
  room: RoomId,
  who: Identity,
  { admissions, sessionsOf, room: rooms }: SessionDeps,
): Promise<Actor> {
  if (sessionsOf.take(who.id) !== "granted") throw new ApiFailure("TOO_MUCH");
  if (!(await rooms.hasBot(room))) throw new ApiFailure("BOT_ABSENT");
  const actor = await admissions.actor(room, who, "widget");
  if (!actor.rights.admitted) throw new ApiFailure("NOT_IN_ROOM");
  if (await rooms.isEncrypted(room)) throw new ApiFailure("ENCRYPTED_ROOM");
  return actor;
}
