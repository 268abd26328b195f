import { z } from "zod";
import { Session } from "./http-api.ts";
import { RoomId } from "./identity.ts";
import { NAMESPACE } from "./namespace.ts";

const own = (name: string) => `${NAMESPACE}.telegram_${name}`.toUpperCase();

/** Codes (`errcode`) by which a Mini App knows why the door stays shut. */
export const TELEGRAM_ERRORS = {
  /** Not signed by Telegram for this bot: forged, changed on the way, or of another bot. */
  forged: own("forged"),
  /** A field stands there twice. */
  doubled: own("doubled"),
  old: own("old"),
  /** Exchanged for a session before. */
  replayed: own("replayed"),
  /** The link leads to no meeting of this service. */
  reference: own("reference"),
  meetingOver: own("meeting_over"),
  /** Nobody sits there yet. */
  early: own("early"),
  notInChat: own("not_in_chat"),
  /** Opened from another chat than the one that belongs to the room. */
  otherChat: own("other_chat"),
  /** No chat belongs to the room, or the bot was put out of it. */
  unbound: own("unbound"),
  /** Telegram does not say who is in the chat. */
  away: own("away"),
} as const;

/**
 * `POST /session/telegram`: the launch data of a Mini App as Telegram signed it, and the reference to a meeting that
 * its link carried.
 */
export const TelegramSessionRequest = z.object({
  /** The raw query string, not decoded: Telegram's hash is over its fields. */
  initData: z.string().min(1).max(8192),
  startParam: z
    .string()
    .regex(/^[\w-]{1,512}$/)
    .optional(),
});
export type TelegramSessionRequest = z.infer<typeof TelegramSessionRequest>;

/** A session, and the room that the reference led to: no address of the page names it. */
export const TelegramSession = Session.extend({ room: RoomId });
export type TelegramSession = z.infer<typeof TelegramSession>;
