import type { MessageEntity } from "grammy/types";
import { badRequest } from "./failure.ts";

/** Tags that Telegram knows in `parse_mode: HTML`, and the entity that each makes. */
const TAGS: { readonly [tag: string]: MessageEntity["type"] } = {
  b: "bold",
  strong: "bold",
  i: "italic",
  em: "italic",
  u: "underline",
  ins: "underline",
  s: "strikethrough",
  strike: "strikethrough",
  del: "strikethrough",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  a: "text_link",
};
/** The only named entities of HTML that Telegram reads. */
const NAMED: { readonly [name: string]: string } = { lt: "<", gt: ">", amp: "&", quot: '"' };

type Open = { readonly tag: string; readonly offset: number; readonly url: string | null };

/** Reads HTML as Telegram does, and refuses what Telegram refuses. Offsets are in UTF-16 units, as in the Bot API. */
export function readHtml(html: string): { readonly text: string; readonly entities: MessageEntity[] } {
  let text = "";
  const entities: MessageEntity[] = [];
  const open: Open[] = [];
  for (let at = 0; at < html.length; ) {
    const char = html.charAt(at);
    if (char === "<") {
      const end = html.indexOf(">", at);
      if (end < 0) throw unparsed(`Unclosed start tag at byte offset ${at}`);
      readTag(html.slice(at + 1, end), text.length, at, open, entities);
      at = end + 1;
    } else if (char === "&") {
      const [whole = char, read = char] = readEntity(html.slice(at));
      text += read;
      at += whole.length;
    } else {
      text += char;
      at++;
    }
  }
  const left = open.at(-1);
  if (left) throw unparsed(`Can't find end tag corresponding to start tag "${left.tag}"`);
  return trimmed(text, entities);
}

function readTag(inside: string, offset: number, at: number, open: Open[], entities: MessageEntity[]): void {
  if (inside.startsWith("/")) {
    const tag = inside.slice(1).trim().toLowerCase();
    const begun = open.pop();
    if (!begun) throw unparsed(`Unexpected end tag at byte offset ${at}`);
    if (begun.tag !== tag)
      throw unparsed(`Unmatched end tag at byte offset ${at}, expected "</${begun.tag}>", found "</${tag}>"`);
    const entity = { type: TAGS[tag], offset: begun.offset, length: offset - begun.offset };
    if (entity.length > 0)
      entities.push({ ...entity, ...(begun.url === null ? {} : { url: begun.url }) } as MessageEntity);
    return;
  }
  const [tag = ""] = /^[a-zA-Z-]+/.exec(inside) ?? [];
  const name = tag.toLowerCase();
  if (!Object.hasOwn(TAGS, name)) throw unparsed(`Unsupported start tag "${name}" at byte offset ${at}`);
  const [, address = null] = /href="([^"]*)"/.exec(inside) ?? [];
  open.push({ tag: name, offset, url: address === null ? null : address.replaceAll("&amp;", "&") });
}

/** What is no entity that Telegram knows stands as it is. */
function readEntity(rest: string): [string, string] {
  const [whole = "&", name = "", decimal, hex] = /^&(?:([a-z]+)|#(\d+)|#x([0-9a-f]+));/i.exec(rest) ?? [];
  if (decimal) return [whole, String.fromCodePoint(Number(decimal))];
  if (hex) return [whole, String.fromCodePoint(Number.parseInt(hex, 16))];
  return [whole, NAMED[name] ?? whole];
}

/** Telegram cuts blanks off both ends. */
function trimmed(given: string, entities: MessageEntity[]): { text: string; entities: MessageEntity[] } {
  const text = given.trim();
  const cut = given.length - given.trimStart().length;
  const moved = entities.flatMap((entity) => {
    const from = Math.max(0, entity.offset - cut);
    const to = Math.min(text.length, entity.offset - cut + entity.length);
    return to > from ? [{ ...entity, offset: from, length: to - from }] : [];
  });
  return { text, entities: moved.sort((one, other) => one.offset - other.offset) };
}

function unparsed(why: string): Error {
  return badRequest(`can't parse entities: ${why}`);
}
