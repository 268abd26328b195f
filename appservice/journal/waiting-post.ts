import { createHash } from "node:crypto";
import type { OutboxRow } from "./outbox-row.ts";
import { type OutboxRows, parsedName } from "./outbox-rows.ts";
import { parsePostKey } from "./parse-post-key.ts";
import type { Post, WaitingPost } from "./post.ts";

/** Message as it is sent from now on, whatever is wanted meanwhile. */
export function waitingPostOf(row: OutboxRow, rows: OutboxRows): WaitingPost {
  const { scope, key, room, thread, type } = row;
  const revision = row.flight_revision ?? row.revision;
  const content = row.flight_content ?? row.content;
  const root = thread === null ? null : { scope, key: thread };
  return {
    ...parsedName(row),
    room,
    thread: thread === null ? null : parsePostKey(thread),
    type,
    revision,
    content: JSON.parse(content) as Post["content"],
    // A message stands once, whatever it says. An edit of it has to come through, also where a service that lost its
    // database counts anew.
    transactionId: transactionIdOf(scope, key, row.sent_revision === 0 ? "1" : `${revision}\n${content}`),
    eventId: row.event_id,
    again: row.again === 1,
    mentioned: JSON.parse(row.mentioned ?? "null") as string[] | null,
    threadRoot: root && rows.eventOf(root),
    threadLatest: root && (rows.latestIn(root) ?? rows.eventOf(root)),
  };
}

function transactionIdOf(scope: string, key: string, what: string): string {
  return `mm-${createHash("sha256").update(`${scope}\n${key}\n${what}`).digest("base64url").slice(0, 32)}`;
}
