import type Database from "better-sqlite3";
import type { MeetingId } from "../protocol/identity.ts";

/** Key of a meeting's first message in its chat, which leads into it, and which all others answer. */
export const ANNOUNCEMENT = "announcement";
/** Fingerprint of a message that is to stand no longer. */
export const GONE = "gone";
/** Place at the end of the line of all that is to be sent to chats. */
export const LAST_IN_CHATS = "(SELECT COALESCE(MAX(waits), 0) + 1 FROM telegram_outbox)";

/**
 * Forgets what was sent of a meeting into a chat of Telegram. What stands there stays, but for an announcement that
 * says there is something to come to: it is taken away.
 */
export function forgetInChat(db: Database.Database, meeting: MeetingId): void {
  db.prepare(
    `UPDATE telegram_outbox SET html = NULL, sealed_by = NULL, picture = NULL, buttons = '[]', wanted = '${GONE}',
      waits = COALESCE(waits, ${LAST_IN_CHATS})
     WHERE meeting = ? AND key = '${ANNOUNCEMENT}' AND buttons <> '[]' AND (message IS NOT NULL OR sending = 1)`,
  ).run(meeting);
  db.prepare(`DELETE FROM telegram_outbox WHERE meeting = ? AND (wanted <> '${GONE}' OR waits IS NULL)`).run(meeting);
  db.prepare("DELETE FROM telegram_places WHERE meeting = ?").run(meeting);
}
