import type { TimelineEvent } from "./homeserver.ts";

export type Message = {
  readonly id: string;
  readonly sender: string;
  readonly at: number;
  readonly body: string;
  /** HTML as its sender wrote it; never shown before it has been picked apart. */
  readonly html: string | null;
  readonly notice: boolean;
  readonly edited: boolean;
  readonly thread: readonly Message[];
};

type Relation = { rel_type?: unknown; event_id?: unknown };

/** The room's messages as people read them: edits in their place, replies under the root of their thread. */
export function timelineOf(events: readonly TimelineEvent[]): Message[] {
  const gone = new Set(events.filter(({ type }) => type === "m.room.redaction").map(redactedBy));
  const messages = events.filter(
    (event) =>
      event.type === "m.room.message" && !gone.has(event.event_id) && typeof event.content["body"] === "string",
  );
  const edits = latestEdits(messages);
  const shown = messages.filter((event) => relationOf(event)?.rel_type !== "m.replace");
  const threads = Map.groupBy(shown.filter(isInThread), (event) => relationOf(event)?.event_id);
  return shown
    .filter((event) => !isInThread(event))
    .map((root) =>
      asMessage(
        root,
        edits,
        (threads.get(root.event_id) ?? []).map((reply) => asMessage(reply, edits, [])),
      ),
    );
}

/** Display names as the room's members have them. */
export function namesOf(events: readonly TimelineEvent[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { type, state_key: who, content } of events) {
    const name = content["displayname"];
    if (type === "m.room.member" && who && typeof name === "string" && name) names.set(who, name);
  }
  return names;
}

export function roomNameOf(events: readonly TimelineEvent[]): string | null {
  const name = events.findLast(({ type }) => type === "m.room.name")?.content["name"];
  return typeof name === "string" && name ? name : null;
}

function latestEdits(messages: readonly TimelineEvent[]): Map<string, TimelineEvent> {
  const edits = new Map<string, TimelineEvent>();
  for (const event of messages) {
    const { rel_type, event_id } = relationOf(event) ?? {};
    if (rel_type !== "m.replace" || typeof event_id !== "string" || !newContent(event)) continue;
    const known = edits.get(event_id);
    if (!known || known.origin_server_ts <= event.origin_server_ts) edits.set(event_id, event);
  }
  return edits;
}

function asMessage(
  event: TimelineEvent,
  edits: ReadonlyMap<string, TimelineEvent>,
  thread: readonly Message[],
): Message {
  const edit = edits.get(event.event_id);
  // Nobody edits what somebody else has said.
  const fresh = edit?.sender === event.sender ? newContent(edit) : null;
  const content = fresh ?? event.content;
  const html = content["format"] === "org.matrix.custom.html" ? content["formatted_body"] : null;
  return {
    id: event.event_id,
    sender: event.sender,
    at: event.origin_server_ts,
    body: String(content["body"] ?? ""),
    html: typeof html === "string" ? html : null,
    notice: event.content["msgtype"] === "m.notice",
    edited: fresh !== null,
    thread,
  };
}

function newContent(event: TimelineEvent): Record<string, unknown> | null {
  const content = event.content["m.new_content"];
  return typeof content === "object" && content !== null ? (content as Record<string, unknown>) : null;
}

function relationOf(event: TimelineEvent): Relation | null {
  const relation = event.content["m.relates_to"];
  return typeof relation === "object" && relation !== null ? (relation as Relation) : null;
}

function isInThread(event: TimelineEvent): boolean {
  return relationOf(event)?.rel_type === "m.thread";
}

function redactedBy(event: TimelineEvent): unknown {
  return event.content["redacts"] ?? event["redacts"];
}
