import type Database from "better-sqlite3";
import { ChosenSet, type Trial } from "../protocol/chosen-set.ts";
import type { RoomId } from "../protocol/identity.ts";
import { TYPE_OF_ENTRY } from "../store/migrations/entry-values.ts";

const CHOSEN = `SELECT json_extract(body, '$.chosen') AS chosen FROM events INDEXED BY events_by_type
  WHERE meeting IN (SELECT id FROM meetings WHERE room = ?) AND kind = 'record' AND ${TYPE_OF_ENTRY} = 'set-chosen'`;

/** Places that meetings of a room have in experiments, in no order. Reads such entries alone. */
export function trialsIn(db: Database.Database, room: RoomId): Trial[] {
  const rows = db.prepare(CHOSEN).all(room) as { chosen: string }[];
  return rows.flatMap(({ chosen }) => ChosenSet.safeParse(JSON.parse(chosen)).data?.trial ?? []);
}
