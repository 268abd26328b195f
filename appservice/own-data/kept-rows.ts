import type Database from "better-sqlite3";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";

/** Rows besides the journal that are about a person in a room, and no secrets: of codes there are hashes alone. */
const QUERIES = {
  sessions: "SELECT issuer, expires_at FROM sessions WHERE room = ? AND participant = ?",
  browsers: "SELECT opened_at, used_at, state FROM browsers WHERE room = ? AND participant = ?",
  guest: "SELECT name, shown, asked_at, seen_at, state FROM guests WHERE room = ? AND id = ?",
  inRoom: "SELECT at, value FROM room_past WHERE room = ? AND who = ? ORDER BY at",
  nudges: "SELECT endpoint, told FROM nudges WHERE room = ? AND participant = ?",
  links: "SELECT expires_at, used FROM links WHERE room = ? AND participant = ?",
  reactions: "SELECT control, received_at FROM reactions WHERE room = ? AND sender = ?",
} as const;

export type KeptRows = { readonly [table in keyof typeof QUERIES]: readonly unknown[] };

export function keptRows(db: Database.Database, room: RoomId, who: ParticipantId): KeptRows {
  const rows = (table: keyof KeptRows): unknown[] => db.prepare(QUERIES[table]).all(room, who);
  return {
    sessions: rows("sessions"),
    browsers: rows("browsers"),
    guest: rows("guest"),
    inRoom: rows("inRoom"),
    nudges: rows("nudges"),
    links: rows("links"),
    reactions: rows("reactions"),
  };
}
