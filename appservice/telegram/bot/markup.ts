import { escapeHtml } from "../../language/escape-html.ts";
import type { Line, Span } from "../../language/line.ts";

/** UTF-16 units that a message holds, by the Bot API 4,096; some are left for a note of ours. */
export const LONGEST = 4_000;

/** A stretch of text in one look. */
type Piece = { readonly text: string; readonly open: string; readonly close: string };

const plain = (text: string): Piece => ({ text, open: "", close: "" });
const inTag = (tag: string, text: string): Piece => ({ text, open: `<${tag}>`, close: `</${tag}>` });

/** Lines as messages in Telegram's HTML: several where one is too long. None where there is nothing to be read. */
export function messagesOf(lines: readonly Line[]): string[] {
  return cut(lines.flatMap((line, place) => [...(place > 0 ? [plain("\n")] : []), ...piecesOf(line)]));
}

function piecesOf(line: Line): Piece[] {
  if (typeof line === "string") return [plain(line)];
  if (isSpans(line)) return line.map(pieceOf);
  if ("heading" in line) return [inTag("b", line.heading)];
  if ("item" in line) {
    const spans = typeof line.item === "string" ? [line.item] : line.item;
    return [plain("• "), ...(line.lead ? [inTag("b", line.lead), plain(" ")] : []), ...spans.map(pieceOf)];
  }
  if ("picture" in line) return [inTag("i", line.picture.alt)];
  return [pieceOf(line)];
}

/** A person stands by their name: Matrix's address of somebody says nothing in Telegram. */
function pieceOf(span: Span): Piece {
  if (typeof span === "string") return plain(span);
  if ("strong" in span) return inTag("b", span.strong);
  if ("small" in span) return inTag("i", span.small);
  if ("code" in span) return inTag("code", span.code);
  if ("person" in span) return inTag("b", span.name);
  return { text: span.link, open: `<a href="${escapeHtml(span.href)}">`, close: "</a>" };
}

function isSpans(line: Line): line is readonly Span[] {
  return Array.isArray(line);
}

/** Fills one message after another; a look that goes on over a cut begins anew behind it. */
function cut(pieces: readonly Piece[]): string[] {
  const messages: string[] = [];
  let [html, seen, room] = ["", false, LONGEST];
  const end = () => {
    if (seen) messages.push(html);
    [html, seen, room] = ["", false, LONGEST];
  };
  for (const { text, open, close } of pieces) {
    let rest = text;
    while (rest !== "") {
      const fits = rest.length <= room ? rest.length : cutAt(rest, room, !seen);
      const part = rest.slice(0, fits);
      rest = rest.slice(fits);
      if (part !== "") html += `${open}${escapeHtml(part)}${close}`;
      seen ||= part.trim() !== "";
      room -= part.length;
      if (rest !== "") end();
    }
  }
  end();
  return messages;
}

/** The last place at which a text may be cut: behind a line, behind a word, at worst inside one. */
function cutAt(text: string, room: number, isWhole: boolean): number {
  const head = text.slice(0, room);
  const behind = Math.max(head.lastIndexOf("\n"), head.lastIndexOf(" ")) + 1;
  if (behind > 0) return behind;
  // A word that does not fit goes to the next message, unless it fills one by itself.
  if (!isWhole) return 0;
  const half = /[\uD800-\uDBFF]$/.test(head) ? 1 : 0;
  return room - half;
}
