import type Database from "better-sqlite3";
import { ChosenSet, type Trial } from "../protocol/chosen-set.ts";
import type { RoomId } from "../protocol/identity.ts";

const CHOSEN = `SELECT json_extract(body, '$.chosen') AS chosen FROM events INDEXED BY events_set_chosen
  WHERE kind = 'record' AND json_extract(body, '$.type') = 'set-chosen'
    AND meeting IN (SELECT id FROM meetings WHERE room = ?)`;

/** Places that meetings of a room have in experiments, in no order. Asks an index of such entries alone. */
export function trialsIn(db: Database.Database, room: RoomId): Trial[] {
  const rows = db.prepare(CHOSEN).all(room) as { chosen: string }[];
  return rows.flatMap(({ chosen }) => ChosenSet.safeParse(JSON.parse(chosen)).data?.trial ?? []);
}
