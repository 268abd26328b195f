import { z } from "zod";
import type { ParticipantId } from "./identity.ts";

/**
 * The authority by whose word somebody is who they are. `matrix`: their homeserver; `link`: a personal link, which the bot told them
 * in a room with them alone. Part of an identity: the same letters vouched for by two issuers are two people's, unless one says whose
 * people it speaks for.
 */
export const Issuer = z
  .string()
  .max(32)
  .regex(/^[a-z][a-z0-9+.-]*$/);
export type Issuer = z.infer<typeof Issuer>;

/**
 * The way by which something was asked: the widget, a typed command or reply, a reaction, a spoken command, a task manager outside
 * (`export`), the service on its own behalf.
 */
export const Door = z.enum(["widget", "chat", "reaction", "speech", "export", "service"]);
export type Door = z.infer<typeof Door>;

/** The part of somebody's rights that does not depend on a meeting: their issuer's word about one room. */
export type RoomRights = {
  /** They may be in the room's meetings. */
  readonly admitted: boolean;
  /** They have a moderator's power in the room. */
  readonly moderates: boolean;
};

/** Somebody who asks for something: made once, at the door, by the issuer's word and never by the client's. */
export type Actor = {
  readonly id: ParticipantId;
  readonly issuer: Issuer;
  /** As the room knows them. */
  readonly name: string;
  readonly door: Door;
  readonly rights: RoomRights;
};
