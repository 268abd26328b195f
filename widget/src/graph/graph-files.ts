import type { EdgeKind, NodeKind } from "../../../appservice/protocol/meeting-graph.ts";
import type { Shown } from "./filtered.ts";

/** Where a node was drawn, in pixels. */
export type Positions = ReadonlyMap<string, { readonly x: number; readonly y: number }>;

export type Colours = { readonly nodes: Readonly<Record<NodeKind, string>>; readonly good: string; readonly bad: string; readonly text: string; readonly line: string; readonly ground: string; readonly font: string };

const MARGIN = 90;
const LETTERS_A_LINE = 24;
const MOST_LINES = 4;

/** The picture as it stands on the screen, with words that can be selected and searched. */
export function asSvg({ nodes, edges }: Shown, positions: Positions, colours: Colours): string {
  const { nodes: fills, text, ground, font } = colours;
  const places = [...positions.values()];
  const [left, top] = [Math.min(...places.map(({ x }) => x)) - MARGIN, Math.min(...places.map(({ y }) => y)) - MARGIN];
  const [width, height] = [Math.max(...places.map(({ x }) => x)) + MARGIN - left, Math.max(...places.map(({ y }) => y)) + MARGIN - top];
  const at = (id: string) => positions.get(id) ?? { x: 0, y: 0 };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${[left, top, width, height].map(Math.round).join(" ")}" font-family="${escape(font)}" font-size="11">`,
    `<rect x="${Math.round(left)}" y="${Math.round(top)}" width="100%" height="100%" fill="${ground}"/>`,
    ...edges.map(({ kind, source, target, weight }) => {
      const [from, to] = [at(source), at(target)];
      const dashes = isBroken(kind) ? ` stroke-dasharray="4 4"` : "";
      return `<line x1="${Math.round(from.x)}" y1="${Math.round(from.y)}" x2="${Math.round(to.x)}" y2="${Math.round(to.y)}" stroke="${strokeOf(kind, colours)}" stroke-width="${weight}"${dashes}/>`;
    }),
    ...nodes.map(({ id, kind, text: words }) => {
      const { x, y } = at(id);
      const radius = radiusOf(kind);
      const lines = inLines(words).map((part, index) => `<tspan x="${Math.round(x)}" dy="${index === 0 ? 0 : 13}">${escape(part)}</tspan>`);
      return `<g><title>${escape(words)}</title><circle cx="${Math.round(x)}" cy="${Math.round(y)}" r="${radius}" fill="${fills[kind]}"/>`
        + `<text x="${Math.round(x)}" y="${Math.round(y) + radius + 12}" text-anchor="middle" fill="${text}">${lines.join("")}</text></g>`;
    }),
    `</svg>`,
    ``,
  ].join("\n");
}

export function radiusOf(kind: NodeKind): number {
  return { participant: 18, circle: 22, theme: 12, statement: 8, proposal: 11, agreement: 9, question: 9, task: 12, decision: 14, objection: 12 }[kind];
}

/** Agreement and objections are told apart at a glance. */
export function strokeOf(kind: EdgeKind, { good, bad, line }: Colours): string {
  if (kind === "supports" || kind === "agreed") return good;
  return kind === "objects" ? bad : line;
}

export function isBroken(kind: EdgeKind): boolean {
  return kind === "derived" || kind === "same";
}

function inLines(words: string): string[] {
  const lines: string[] = [""];
  for (const word of words.split(/\s+/)) {
    const last = lines.at(-1) ?? "";
    if (last !== "" && last.length + word.length + 1 > LETTERS_A_LINE) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES - 1), `${lines[MOST_LINES - 1]}…`] : lines;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

/** XML 1.0 has no room for control characters, even escaped. */
function escape(words: string): string {
  return words.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
}
