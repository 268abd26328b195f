import { z } from "zod";
import type { ParticipantId } from "./identity.ts";

/**
 * The authority by whose word somebody is who they are. `matrix`: their homeserver; `link`: a personal link, which the
 * bot told them in a room with them alone; `guest`: a link for guests, behind which nobody is known; `telegram`:
 * Telegram, of people in the chat that belongs to the room. Part of an identity: the same letters vouched for by two
 * issuers are two people's, unless one says whose people it speaks for.
 */
export const Issuer = z
  .string()
  .max(32)
  .regex(/^[a-z][a-z0-9+.-]*$/);
export type Issuer = z.infer<typeof Issuer>;

/**
 * The way by which something was asked: the widget, a typed command or reply, a reaction, a spoken command, a task
 * manager outside (`export`), the service on its own behalf.
 */
export const Door = z.enum(["widget", "chat", "reaction", "speech", "export", "service"]);
export type Door = z.infer<typeof Door>;

/** The part of somebody's rights that does not depend on a meeting: their issuer's word about one room. */
export type RoomRights = {
  /** True where they may be in the room's meetings. */
  readonly admitted: boolean;
  /** True where they have a moderator's power in the room. */
  readonly moderates: boolean;
};

/** Person who asks for something: made once, at the door, by the issuer's word and never by the client's. */
export type Actor = {
  readonly id: ParticipantId;
  readonly issuer: Issuer;
  /** Name as the room knows it. */
  readonly name: string;
  readonly door: Door;
  readonly rights: RoomRights;
};

/** An id with the issuer who vouched for it. */
export type Identity = Pick<Actor, "id" | "issuer">;

/** The issuer whose ids look like this one: an id is `@somebody:server` or `issuer:subject`. */
export function homeIssuer(id: ParticipantId): Issuer {
  return id.startsWith("@") ? MATRIX : id.slice(0, id.indexOf(":"));
}

export const MATRIX: Issuer = "matrix";
export const GUEST: Issuer = "guest";
export const TELEGRAM: Issuer = "telegram";

/** Actor who asks from inside, for whom no issuer speaks: what they may do hangs on their door alone. */
export function insider(id: ParticipantId, name: string, door: "export" | "service"): Actor {
  return { id, issuer: homeIssuer(id), name, door, rights: { admitted: false, moderates: false } };
}

/**
 * Actor who is seen in the room or heard in the call, and so was admitted. Without any power: for what concerns
 * themselves alone, so that nobody is asked about them and waited for.
 */
export function actorSeen(id: ParticipantId, door: Door, name: string = id): Actor {
  return { id, issuer: homeIssuer(id), name, door, rights: { admitted: true, moderates: false } };
}
