import type Database from "better-sqlite3";
import type { MeetingId, RoomId } from "../../protocol/identity.ts";
import type { JournalEntry } from "../entry.ts";
import type { StoredEntries } from "../stored-entries.ts";

/** Writes an entry anew in its place, within the open unit; who brought it about stays. */
export function rewrite(
  db: Database.Database,
  stored: StoredEntries,
  { meeting, seq }: { readonly meeting: MeetingId; readonly seq: number },
  entry: JournalEntry,
): void {
  const { room } = db.prepare("SELECT room FROM meetings WHERE id = ?").get(meeting) as { room: RoomId };
  db.prepare("DELETE FROM sealed_words WHERE meeting = ? AND seq = ?").run(meeting, seq);
  const { v, body, words } = stored.written({ meeting, room, seq }, entry);
  db.prepare("UPDATE events SET v = ?, body = ?, words = ? WHERE meeting = ? AND seq = ?").run(
    v,
    body,
    words,
    meeting,
    seq,
  );
}
