import type Database from "better-sqlite3";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";

/** Rows besides the journal that are about a person, in a room or in all, and no secrets: of codes there are hashes alone. */
export const QUERIES = {
  sessions: "SELECT issuer, expires_at FROM sessions WHERE room = @room AND participant = @who",
  browsers: "SELECT opened_at, used_at, state FROM browsers WHERE room = @room AND participant = @who",
  signedOut: "SELECT until FROM signed_out WHERE participant = @who",
  guest: "SELECT name, shown, asked_at, seen_at, state FROM guests WHERE room = @room AND id = @who",
  guestLinks: "SELECT made_at, once, meeting, closed_at FROM guest_links WHERE room = @room AND made_by = @who",
  inRoom: "SELECT at, value FROM room_past WHERE room = @room AND who = @who ORDER BY at",
  privateRoom: "SELECT room FROM direct_rooms WHERE participant = @who",
  calls: `SELECT name FROM call_tokens WHERE participant = @who
          AND (name = @room OR name IN (SELECT name FROM call_names WHERE room = @room))`,
  nudges: "SELECT endpoint, told FROM nudges WHERE room = @room AND participant = @who",
  links: "SELECT expires_at, used FROM links WHERE room = @room AND participant = @who",
  reactions: "SELECT control, received_at FROM reactions WHERE room = @room AND sender = @who",
  sound: "SELECT given_at FROM audio_consents WHERE room = @room AND participant = @who",
  recordings: `SELECT file, target, meeting, at FROM recordings
               WHERE room = @room AND EXISTS (SELECT 1 FROM json_each(people) WHERE value = @who)`,
  erasures: "SELECT at, begun, done_at FROM erasures WHERE room = @room AND who = @who ORDER BY at",
  telegram: "SELECT telegram, linked_at FROM telegram_links WHERE participant = @who",
  telegramAsked: "SELECT telegram, name, made_at FROM telegram_link_codes WHERE participant = @who",
  telegramPerson: "SELECT name, shown, state, since, at FROM telegram_people WHERE room = @room AND id = @who",
  telegramChat: "SELECT title, bound_at FROM telegram_chats WHERE room = @room AND bound_by = @who",
  telegramCode: "SELECT made_at FROM telegram_bind_codes WHERE room = @room AND made_by = @who",
} as const;

/** By what they are. */
export type KeptRows = { readonly [what: string]: readonly unknown[] };

export function keptRows(db: Database.Database, room: RoomId, who: ParticipantId): KeptRows {
  const found = Object.entries(QUERIES).map(([what, sql]) => [what, db.prepare(sql).all({ room, who })] as const);
  return Object.fromEntries(found);
}
