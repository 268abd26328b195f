import type { EventId, RoomId } from "../protocol/identity.ts";
import type { Post } from "./post.ts";

/** Name as the database spells it. */
export type StoredName = { readonly scope: string; readonly key: string };

/** Held for good: people took the message away, and nothing is to stand in its place. */
export const STAYS_AWAY = 2;

export type OutboxRow = StoredName & {
  room: RoomId;
  thread: string | null;
  type: Post["type"];
  /** Sealed in the table where `sealed_by` names keys; as it is said in rows that `get` gives. */
  content: string;
  sealed_by: string | null;
  revision: number;
  sent_revision: number;
  event_id: EventId | null;
  flight_revision: number | null;
  flight_content: string | null;
  flight_sealed_by: string | null;
  mentioned: string | null;
  rests: string | null;
  known: number;
  flight_rests: string | null;
  flight_known: number;
  again: number;
  /** 0: it is sent; 1: the room is closed to the bot; `STAYS_AWAY`. */
  held: number;
};
