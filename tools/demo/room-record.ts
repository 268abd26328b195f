import { CONTENT_KEY } from "../../appservice/protocol/namespace.ts";
import { type RecordFigures, recordFigures } from "../../tests/support/room/record-figures.ts";
import type { SeenEvent } from "../../tests/support/stack/matrix-person.ts";

type Message = { readonly event: SeenEvent; readonly body: string; readonly thread: Message[] };

type Content = {
  body?: string;
  "m.new_content"?: { body?: string; readonly [key: string]: unknown };
  "m.relates_to"?: { rel_type?: string; event_id?: string };
};

/** The room's main timeline with its threads, edits applied: what a person sees, from what the homeserver has. */
export function readRoom(events: readonly SeenEvent[]): Message[] {
  const edits = new Map<string, string>();
  for (const { content } of events) {
    const { "m.relates_to": relation, "m.new_content": fresh } = content as Content;
    if (relation?.rel_type === "m.replace" && relation.event_id && fresh?.body)
      edits.set(relation.event_id, fresh.body);
  }
  const main: Message[] = [];
  const byId = new Map<string, Message>();
  for (const event of events) {
    if (event.type !== "m.room.message") continue;
    const { body = "", "m.relates_to": relation } = event.content as Content;
    if (relation?.rel_type === "m.replace") continue;
    const message: Message = { event, body: edits.get(event.event_id) ?? body, thread: [] };
    byId.set(event.event_id, message);
    const root = relation?.rel_type === "m.thread" && relation.event_id ? byId.get(relation.event_id) : undefined;
    (root?.thread ?? main).push(message);
  }
  return main;
}

export function asMarkdown(title: string, messages: readonly Message[], nameOf: (userId: string) => string): string {
  const quoted = (text: string, indent: string) =>
    text
      .split("\n")
      .map((line) => `${indent}${line}`)
      .join("\n");
  const parts = messages.map(({ event, body, thread }) => {
    const replies = thread
      .map((reply) => `- **${nameOf(reply.event.sender)}**\n${quoted(reply.body, "  ")}`)
      .join("\n");
    return `### ${nameOf(event.sender)}\n\n${body}\n${replies ? `\n${replies}\n` : ""}`;
  });
  return `# ${title}\n\n${parts.join("\n")}`;
}

export function asText(messages: readonly Message[], nameOf: (userId: string) => string): string {
  const indented = (text: string, by: string) =>
    text
      .split("\n")
      .map((line) => `${by}${line}`)
      .join("\n");
  return messages
    .map(({ event, body, thread }) =>
      [`${nameOf(event.sender)}:`, indented(body, "  "), ...thread.map((reply) => indented(reply.body, "    │ "))].join(
        "\n",
      ),
    )
    .join("\n\n");
}

/**
 * Address (mxc) of the picture of the meeting's graph, in the message with it or the edit that brings it; else null.
 */
export function mapIn(content: SeenEvent["content"]): string | null {
  const fresh = (content["m.new_content"] ?? content) as SeenEvent["content"];
  const graph = fresh[CONTENT_KEY.graph] as { picture?: { mxc?: string } } | undefined;
  return graph?.picture?.mxc ?? null;
}

/**
 * Figures of the record that the bot wrote into the room beside what was said; its other messages, such as the
 * greeting, do not count.
 */
export function figuresOf(messages: readonly Message[], bot: string): RecordFigures {
  const ofMeetings = messages.filter(
    ({ event }) =>
      event.sender === bot && (CONTENT_KEY.circle in event.content || CONTENT_KEY.meeting in event.content),
  );
  const written = ofMeetings.flatMap((root) => [root, ...root.thread]).filter(({ event }) => event.sender === bot);
  const said = written.flatMap(({ event: { content } }) =>
    ((content[CONTENT_KEY.utterances] ?? []) as { segments: { kind: string; text: string }[] }[]).map(({ segments }) =>
      segments
        .filter(({ kind }) => kind === "speech")
        .map(({ text }) => text)
        .join(" "),
    ),
  );
  return recordFigures(
    said,
    written.map(({ event, body }) => ({ body, isTranscript: CONTENT_KEY.turn in event.content })),
  );
}
