import { escapeHtml } from "../../language/escape-html.ts";
import type { Line, Picture, Span } from "../../language/line.ts";

/** Text of the lines alone: a picture's content is said by the lines beside it. */
export function plainOf(lines: readonly Line[]): string {
  return lines
    .filter((line) => !isPicture(line))
    .map(plainLine)
    .join("\n");
}

/**
 * The same as HTML: lines that follow one another are one paragraph, so that ten lines take the height of ten. Lines
 * and blocks are kept apart by line breaks as well, for previews that leave the tags out. Names and words of people are
 * escaped; no markup of theirs survives.
 */
export function htmlOf(lines: readonly Line[]): string {
  const blocks: { kind: "p" | "ul" | "picture"; parts: string[] }[] = [];
  for (const line of lines) {
    const kind = isItem(line) ? "ul" : isPicture(line) ? "picture" : "p";
    const last = blocks.at(-1);
    if (last?.kind === kind) last.parts.push(htmlLine(line));
    else blocks.push({ kind, parts: [htmlLine(line)] });
  }
  return blocks
    .map(({ kind, parts }) =>
      kind === "ul"
        ? `<ul>\n${parts.join("\n")}\n</ul>`
        : kind === "p"
          ? `<p>${parts.join("<br>\n")}</p>`
          : parts.join("\n"),
    )
    .join("\n");
}

function plainLine(line: Line): string {
  if (typeof line === "string") return line;
  if ("heading" in line) return line.heading;
  if ("item" in line) return `• ${line.lead ? `${line.lead}: ` : ""}${spansOf(line.item).map(plainSpan).join("")}`;
  if ("picture" in line) return line.picture.alt;
  return isSpans(line) ? line.map(plainSpan).join("") : plainSpan(line);
}

function plainSpan(span: Span): string {
  if (typeof span === "string") return span;
  if ("strong" in span) return span.strong;
  if ("small" in span) return span.small;
  if ("code" in span) return span.code;
  return "person" in span ? span.name : `${span.link}: ${span.href}`;
}

function htmlLine(line: Line): string {
  if (typeof line === "string") return escapeText(line);
  if ("heading" in line) return htmlSpan({ strong: line.heading });
  if ("item" in line)
    return `<li>${line.lead ? `<strong>${escapeText(line.lead)}</strong>: ` : ""}${spansOf(line.item).map(htmlSpan).join("")}</li>`;
  if ("picture" in line) return htmlPicture(line.picture);
  return isSpans(line) ? line.map(htmlSpan).join("") : htmlSpan(line);
}

function htmlSpan(span: Span): string {
  if (typeof span === "string") return escapeText(span);
  if ("strong" in span) return `<strong>${escapeText(span.strong)}</strong>`;
  // Clients would draw a person's id as a person, and what is then copied is a name.
  if ("code" in span) return `<code>${escapeText(span.code)}</code>`;
  if ("small" in span) return `<em>${escapeText(span.small)}</em>`;
  if ("person" in span)
    return `<a href="https://matrix.to/#/${encodeURIComponent(span.person)}">${escapeText(span.name)}</a>`;
  return `<a href="${escapeHtml(span.href)}">${escapeText(span.link)}</a>`;
}

/** Picture as large as clients draw it at most: 800 × 600 in Element. */
function htmlPicture({ mxc, alt, width, height }: Picture): string {
  const scale = Math.min(1, 800 / width, 600 / height);
  return `<img src="${escapeHtml(mxc)}" alt="${escapeHtml(alt)}" title="${escapeHtml(alt)}" width="${Math.round(width * scale)}" height="${Math.round(height * scale)}">`;
}

const spansOf = (text: string | readonly Span[]): readonly Span[] => (typeof text === "string" ? [text] : text);
const isItem = (line: Line) => typeof line === "object" && "item" in line;
const isPicture = (line: Line) => typeof line === "object" && "picture" in line;

function isSpans(line: Line): line is readonly Span[] {
  return Array.isArray(line);
}

function escapeText(plainText: string): string {
  return escapeHtml(plainText).replaceAll("\n", "<br>");
}
