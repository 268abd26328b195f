import type { EventId, RoomId } from "../protocol/identity.ts";
import type { Post } from "./post.ts";

/** Name as the database spells it. */
export type StoredName = { readonly scope: string; readonly key: string };

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
};
