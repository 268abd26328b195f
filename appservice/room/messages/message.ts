import { escapeHtml } from "../../language/escape-html.ts";

/** Content of an `m.room.message` event or of a reaction, ready to be sent. */
export type RoomContent = { readonly [key: string]: unknown };

/** A line of a message: plain, a heading, an item of a list, small print, or a link. */
export type Line = string | { readonly heading: string } | { readonly item: string; readonly lead?: string } | { readonly small: string } | { readonly link: string; readonly href: string };

/**
 * A notice for people with the machine's object inside it. It mentions nobody (`m.mentions`, Matrix v1.7 §11.18), so it
 * rings no bell. Names and words of people are escaped; no markup of theirs survives.
 */
export function notice(lines: readonly Line[], data: RoomContent = {}): RoomContent {
  return { msgtype: "m.notice", ...text(lines), "m.mentions": {}, ...data };
}

/** A message that one person must see. */
export function call(line: string, userId: string, name: string): RoomContent {
  const link = `<a href="https://matrix.to/#/${encodeURIComponent(userId)}">${escape(name)}</a>`;
  return {
    msgtype: "m.text",
    body: line,
    format: "org.matrix.custom.html",
    formatted_body: escape(line).replace(escape(name), () => link),
    "m.mentions": { user_ids: [userId] },
  };
}

/** Words for one person alone, in a room with nobody else. */
export function personalMessage(lines: readonly Line[], userId: string): RoomContent {
  return { msgtype: "m.text", ...text(lines), "m.mentions": { user_ids: [userId] } };
}

/** An answer to somebody's message; where that stood in a thread, the answer does too. */
export function answer(content: RoomContent, to: { eventId: string; threadRoot: string | null }): RoomContent {
  const reply = { "m.in_reply_to": { event_id: to.eventId } };
  const thread = to.threadRoot && { rel_type: "m.thread", event_id: to.threadRoot, is_falling_back: false };
  return { ...content, "m.relates_to": { ...thread, ...reply } };
}

/** Thread relation as of Matrix v1.4 §11.39; clients without threads show a reply to the latest message. */
export function inThread(content: RoomContent, root: string, latest: string): RoomContent {
  const relation = { rel_type: "m.thread", event_id: root, is_falling_back: true, "m.in_reply_to": { event_id: latest } };
  return { ...content, "m.relates_to": relation };
}

/** An edit (Matrix v1.4 §11.37). The fallback for clients without edits begins with an asterisk, as they expect. */
export function editOf(eventId: string, content: RoomContent): RoomContent {
  const { "m.relates_to": _, ...fresh } = content;
  const starred = typeof content["body"] === "string" ? { body: `* ${content["body"]}` } : {};
  const markedUp = typeof content["formatted_body"] === "string" ? { formatted_body: `* ${content["formatted_body"]}` } : {};
  const { msgtype, format, url, info } = content;
  // A picture without its address would be none.
  const picture = url ? { url, info } : {};
  return {
    msgtype, ...(format ? { format } : {}), ...picture, ...starred, ...markedUp,
    "m.mentions": {},
    "m.new_content": fresh,
    "m.relates_to": { rel_type: "m.replace", event_id: eventId },
  };
}

export function reaction(to: string, key: string): RoomContent {
  return { "m.relates_to": { rel_type: "m.annotation", event_id: to, key } };
}

function text(lines: readonly Line[]): RoomContent {
  return { body: lines.map(plain).join("\n"), format: "org.matrix.custom.html", formatted_body: html(lines) };
}

function plain(line: Line): string {
  if (typeof line === "string") return line;
  if ("heading" in line) return line.heading;
  if ("item" in line) return line.lead ? `• ${line.lead}: ${line.item}` : `• ${line.item}`;
  if ("link" in line) return `${line.link}: ${line.href}`;
  return line.small;
}

function html(lines: readonly Line[]): string {
  const parts: string[] = [];
  let items: string[] = [];
  const closeList = () => {
    if (items.length > 0) parts.push(`<ul>${items.join("")}</ul>`);
    items = [];
  };
  for (const line of lines) {
    if (typeof line === "object" && "item" in line) {
      items.push(`<li>${line.lead ? `<strong>${escape(line.lead)}</strong>: ` : ""}${escape(line.item)}</li>`);
      continue;
    }
    closeList();
    if (typeof line === "string") parts.push(`<p>${escape(line)}</p>`);
    else if ("heading" in line) parts.push(`<p><strong>${escape(line.heading)}</strong></p>`);
    else if ("link" in line) parts.push(`<p><a href="${escapeHtml(line.href)}">${escape(line.link)}</a></p>`);
    else parts.push(`<p><em>${escape(line.small)}</em></p>`);
  }
  closeList();
  return parts.join("");
}

function escape(plainText: string): string {
  return escapeHtml(plainText).replaceAll("\n", "<br>");
}
