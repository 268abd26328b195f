import { z } from "zod";

/**
 * Participant's id. A Matrix id (`@ann:example.org`) stands for itself; a person who came by another door is
 * `issuer:subject`, so that the core never assumes a Matrix account.
 */
export const ParticipantId = z
  .string()
  .max(255)
  .regex(/^(@[^:\s]*:\S+|[a-z][a-z0-9+.-]*:\S+)$/)
  .brand("ParticipantId");
export type ParticipantId = z.infer<typeof ParticipantId>;

const OF_GUESTS = "guest:";

/** Id of a guest: 128 bits of chance in hex, and nothing of theirs. No Matrix id looks like it. */
export const GuestId = ParticipantId.refine((id) => /^guest:[0-9a-f]{32}$/.test(id));

export function formatGuestId(chance: Uint8Array): ParticipantId {
  return GuestId.parse(`${OF_GUESTS}${[...chance].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`);
}

/** Tells whether somebody sits in a meeting by a link for guests. */
export function isGuest(id: ParticipantId): boolean {
  return id.startsWith(OF_GUESTS);
}

const OF_TELEGRAM = "telegram:";

/** Id of somebody in Telegram who is joined to nobody of Matrix: their number there. */
export function formatTelegramId(user: number): ParticipantId {
  return ParticipantId.parse(`${OF_TELEGRAM}${user}`);
}

/** Tells whether somebody sits in a meeting by their account in Telegram alone. */
export function isOfTelegram(id: ParticipantId): boolean {
  return id.startsWith(OF_TELEGRAM);
}

/** A Matrix room id; from room version 12 on it has no server part (MSC4291). */
export const RoomId = z
  .string()
  .max(255)
  .regex(/^!\S+$/)
  .brand("RoomId");
export type RoomId = z.infer<typeof RoomId>;

/** Id of an event in a room, which begins with `$` (Matrix spec, "Event IDs"). */
export const EventId = z.string().min(1).max(255).brand("EventId");
export type EventId = z.infer<typeof EventId>;

/** A tab of somebody's browser, by letters of chance it made up for itself. */
export const DeviceId = z.string().regex(/^[\w-]{16,64}$/);
export type DeviceId = z.infer<typeof DeviceId>;

export const MeetingId = z
  .string()
  .regex(/^m[0-9a-z]{8,40}$/)
  .brand("MeetingId");
export type MeetingId = z.infer<typeof MeetingId>;

/** An assembly: many meetings of one room, one after another and at once. */
export const AssemblyId = z
  .string()
  .regex(/^a[0-9a-z]{8,40}$/)
  .brand("AssemblyId");
export type AssemblyId = z.infer<typeof AssemblyId>;

/** Number of a ring in its assembly, from 1 on. */
export const RingNumber = z.number().int().positive().max(500);
export type RingNumber = z.infer<typeof RingNumber>;

/** A text in every language that people read here, each in theirs. */
export const InEachLanguage = z.object({ en: z.string(), ru: z.string() });
export type InEachLanguage = z.infer<typeof InEachLanguage>;

/** Languages the bot and the widget speak. Speakers may have others: see `SpeechLanguage`. */
export const Language = z.enum(["en", "ru"]);
export type Language = z.infer<typeof Language>;

/** `auto`: the engine finds it for each turn. */
export const SpeechLanguage = z.enum(["auto", "en", "ru"]);
export type SpeechLanguage = z.infer<typeof SpeechLanguage>;

/** Milliseconds since the epoch, by the server's clock. */
export const Instant = z.number().int().nonnegative();
