import type { Admissions } from "../admission/admission.ts";
import type { Allowance } from "../admission/allowance.ts";
import type { GuestDesk } from "../guests/guest-desk.ts";
import type { Sessions } from "../store/sessions.ts";
import type { Actor, Identity } from "../protocol/actor.ts";
import { type DeviceId, Language, type RoomId } from "../protocol/identity.ts";
import type { SESSION_ROUTES } from "../protocol/routes/session.ts";
import { ProofRefused } from "../admission/proof-refused.ts";
import { type MessageKey, translateTo } from "../language/translate.ts";
import type { Session } from "../protocol/http-api.ts";
import type { TELEGRAM_ROUTES } from "../protocol/routes/telegram.ts";
import { TELEGRAM_API_ERRORS } from "../protocol/telegram-api-errors.ts";
import type { SessionProof } from "../protocol/session-proof.ts";
import { ApiFailure } from "./api-failure.ts";
import type { Handlers } from "./bind.ts";

export type SessionDeps = {
  readonly sessions: Sessions;
  readonly now: () => number;
  /** True where what is said is written down. */
  readonly hasScribe: boolean;
  /** True where there is a door to Telegram. */
  readonly hasTelegram: boolean;
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
  return {
    knock: ({ body }) => deps.guests.knock(body),
    openSession: async ({ body, device }) => (await open(body, device, deps)).session,
  };
}

/**
 * Sessions for Mini Apps. Their pages are told in both languages why none is to be had: nothing of ours is there yet to
 * say it.
 */
export function telegramHandlers(deps: SessionDeps): Handlers<typeof TELEGRAM_ROUTES> {
  return {
    openTelegramSession: async ({ body, device, reads }) => {
      if (!deps.hasTelegram) throw new ApiFailure("NOTHING_HERE");
      const opened = await open({ issuer: "telegram", ...body }, device, deps).catch((error: unknown) => {
        const key = error instanceof ProofRefused ? DOOR_TEXTS.get(error.code) : undefined;
        if (!(error instanceof ProofRefused) || !key) throw error;
        const t = translateTo(Language.catch("en").parse(reads(Language.options)));
        throw new ApiFailure(error.code, { sentence: t(key), cause: error.cause });
      });
      return { ...opened.session, room: opened.room };
    },
  };
}

const DOOR_TEXTS: ReadonlyMap<string, MessageKey> = new Map(
  typedKeys(TELEGRAM_API_ERRORS).map((code) => [code, `telegram.door.${code}`]),
);

function typedKeys<Table extends object>(table: Table): readonly (keyof Table)[] {
  return Object.keys(table) as (keyof Table)[];
}

async function open(
  proof: SessionProof,
  device: DeviceId,
  deps: SessionDeps,
): Promise<{ readonly session: Session; readonly room: RoomId }> {
  const { admissions, sessions, now, languageOf, room: rooms } = deps;
  const { id, issuer, room, lastsMs, language = languageOf(room), opened } = await admissions.prove(proof, device);
  const actor = await admit(room, { id, issuer }, deps);
  const botMayWrite = await rooms.botMayWrite(room);
  const expiresAt = now() + lastsMs;
  // Before the session is there: of two who bring the same proof at once, one gets one.
  const confirm = opened();
  const token = sessions.open({ participant: id, issuer, room, device, expiresAt });
  const session = {
    token,
    expiresAt,
    serverTime: now(),
    me: { id, name: actor.name, mayKeep: actor.rights.moderates },
    language,
    callAvailable: true,
    hasScribe: deps.hasScribe,
    botMayWrite,
    ...(confirm !== null && { confirm }),
  };
  return { session, room };
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
