import { escapeHtml } from "../../language/escape-html.ts";
import { STYLE } from "../record/html.ts";
import type { Block, DocumentItem } from "./document.ts";

/** Blocks as HTML; of a whole page, `htmlPage` is around them. */
export function asHtml(blocks: readonly Block[]): string {
  return blocks.map(element).join("\n");
}

/** One file that needs nothing else, to read and to print. */
export function htmlPage(title: string, language: string, content: readonly string[]): string {
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${STYLE}
:target { background: color-mix(in srgb, currentColor 12%, transparent); } li a { text-decoration: none; }
h3 { margin: 2.4rem 0 .2rem; } h4 { margin: 1.4rem 0 .4rem; }
</style>
<main>
${content.join("\n")}
</main>
</html>
`;
}

function element(block: Block): string {
  if ("heading" in block) {
    const { heading, level, anchor } = block;
    return `<h${level}${anchor === undefined ? "" : ` id="${anchor}"`}>${escapeHtml(heading)}</h${level}>`;
  }
  if ("items" in block) return `<ul>${block.items.map(item).join("")}</ul>`;
  if ("said" in block) {
    const { anchor, name, note, said } = block;
    return `<div class="said" id="${anchor}"><p><b>${escapeHtml(name)}</b> <span class="facts">${escapeHtml(note)}</span></p><p dir="auto">${escapeHtml(said)}</p></div>`;
  }
  return `<p class="facts">${escapeHtml(block.facts)}</p>`;
}

function item({ text, facts, grounds }: DocumentItem): string {
  const links = grounds.map((anchor) => ` <a href="#${anchor}">↗</a>`).join("");
  const beside = facts.length > 0 ? ` <span class="facts">${escapeHtml(facts.join(" · "))}</span>` : "";
  return `<li dir="auto">${escapeHtml(text)}${beside}${links}</li>`;
}
