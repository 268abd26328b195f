import type { Logger } from "pino";
import type { RawEvent } from "../journal/inbox.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { RoomId } from "../protocol/identity.ts";
import { isCommand } from "./commands/typed-command.ts";
import type { Homeserver } from "./homeserver.ts";
import { readEvent } from "./room-event.ts";
import { editedBy } from "./relations.ts";

/** Clocks differ, and another homeserver's events may come late. */
const MARGIN_MS = 24 * 3600_000;

export type CatchUpDeps = {
  readonly homeserver: Homeserver;
  readonly meetings: Meetings;
  readonly receive: (events: readonly RawEvent[]) => void;
  readonly log: Logger;
  readonly signal: AbortSignal;
};

/**
 * Asks for redactions and edits in these rooms since the database last heard of anything: it may be a backup that does
 * not know of them, and words taken back would stand in the record again. Changes known already are not made twice.
 */
export async function catchUp(
  rooms: readonly RoomId[],
  since: number | null,
  { homeserver, meetings, receive, log, signal }: CatchUpDeps,
): Promise<void> {
  for (const room of rooms) {
    if (signal.aborted) return;
    try {
      const changes = await homeserver.changesSince(room, (since ?? 0) - MARGIN_MS);
      const ours = changes.filter((event) => isOfRecord(event, meetings));
      if (ours.length > 0) receive(ours);
    } catch (error) {
      log.warn(
        { room, err: error },
        "it could not be seen what was taken back in this room while the service did not listen",
      );
    }
  }
}

function isOfRecord(raw: RawEvent, meetings: Meetings): boolean {
  const event = readEvent(raw);
  if (event?.type === "m.room.redaction") {
    const redacted = event.redacts ?? event.content.redacts;
    return redacted !== undefined && meetings.idWithMessage(event.room_id, redacted) !== null;
  }
  const edited = event?.type === "m.room.message" ? editedBy(event) : null;
  if (event?.type !== "m.room.message" || edited === null) return false;
  const { "m.new_content": fresh } = event.content;
  return (
    meetings.idWithMessage(event.room_id, edited) !== null &&
    fresh !== undefined &&
    !isCommand({ ...event, content: { ...event.content, ...fresh } })
  );
}
