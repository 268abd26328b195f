import type { SeenEvent } from "../../tests/stack/matrix-person.ts";

type Message = { readonly event: SeenEvent; readonly body: string; readonly thread: Message[] };

type Content = {
  body?: string;
  "m.new_content"?: { body?: string };
  "m.relates_to"?: { rel_type?: string; event_id?: string };
};

/** The room's main timeline with its threads, edits applied: what a person sees, from what the homeserver has. */
export function readRoom(events: readonly SeenEvent[]): Message[] {
  const edits = new Map<string, string>();
  for (const { content } of events) {
    const { "m.relates_to": relation, "m.new_content": fresh } = content as Content;
    if (relation?.rel_type === "m.replace" && relation.event_id && fresh?.body) edits.set(relation.event_id, fresh.body);
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
  const quoted = (text: string, indent: string) => text.split("\n").map((line) => `${indent}${line}`).join("\n");
  const parts = messages.map(({ event, body, thread }) => {
    const replies = thread.map((reply) => `- **${nameOf(reply.event.sender)}**\n${quoted(reply.body, "  ")}`).join("\n");
    return `### ${nameOf(event.sender)}\n\n${body}\n${replies ? `\n${replies}\n` : ""}`;
  });
  return `# ${title}\n\n${parts.join("\n")}`;
}

export function asText(messages: readonly Message[], nameOf: (userId: string) => string): string {
  const indented = (text: string, by: string) => text.split("\n").map((line) => `${by}${line}`).join("\n");
  return messages
    .map(({ event, body, thread }) =>
      [`${nameOf(event.sender)}:`, indented(body, "  "), ...thread.map((reply) => indented(reply.body, "    │ "))].join("\n"),
    )
    .join("\n\n");
}
