import { escapeHtml } from "../../language/escape-html.ts";
import type { Translate } from "../../language/translate.ts";
import type { Language } from "../../protocol/identity.ts";
import type { GraphEdge, MeetingGraph, NodeKind } from "../../protocol/meeting-graph.ts";
import { type Card, type Disc, type Layout, layoutOf, SIZE } from "./layout.ts";
import { legend, LEGEND_HEIGHT } from "./legend.ts";
import { FILL, FONT, INK, STROKE } from "./palette.ts";
import { inLines } from "./text.ts";

export type Captions = { readonly title: string; readonly facts: string; readonly language: Language; readonly t: Translate };
export type Picture = { readonly svg: string; readonly width: number; readonly height: number };

const TOP = 132;

/** The meeting's results on one page, to be read and printed: pure, and the same for the same graph. */
export function graphPicture(graph: MeetingGraph, { title, facts, language, t }: Captions): Picture {
  const layout = layoutOf(graph, TOP);
  const ends = endsOf(layout);
  const height = Math.ceil(layout.height + SIZE.margin + LEGEND_HEIGHT);
  const ordinals = new Map(graph.nodes.filter(({ kind }) => kind === "circle").map(({ circle }, at) => [circle, at + 1]));
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE.width}" height="${height}" viewBox="0 0 ${SIZE.width} ${height}" font-family="${FONT}" lang="${language}" role="img">`,
    `<title>${xml(t("graph.title", { title }))}</title>`,
    `<rect width="100%" height="100%" fill="${INK.ground}"/>`,
    words(inLines(title, SIZE.width - 2 * SIZE.margin, 32, 1), SIZE.margin, 66, { size: 32, weight: 700, line: 38 }),
    words([facts], SIZE.margin, 96, { size: 16, fill: INK.quiet, line: 20 }),
    ring(layout.discs),
    ...layout.cards.flatMap((card) => stalk(card, layout.discs, graph.edges)),
    ...graph.edges.map((edge) => line(edge, ends)),
    ...layout.headings.map(({ text, x, y }) => heading(t(`graph.${text}`), x, y)),
    ...layout.cards.map((card) => drawn(card, ordinals, t)),
    ...layout.discs.map(disc),
    ...legend(graph, height - LEGEND_HEIGHT, t),
    `</svg>`, ``,
  ].filter((part) => part !== "").join("\n");
  return { svg, width: SIZE.width, height };
}

function heading(text: string, x: number, y: number): string {
  return words([text.toLocaleUpperCase()], x, y + 14, { size: 12, weight: 600, fill: INK.quiet, line: 14, spaced: true, halo: true });
}

/** The oval on which people sit. */
function ring(discs: readonly Disc[]): string {
  if (discs.length < 3) return "";
  const [right, left] = (["right", "left"] as const).map((side) => discs.filter((each) => each.side === side).sort((one, other) => (side === "right" ? one.y - other.y : other.y - one.y)));
  const points = [...(right ?? []), ...(left ?? [])];
  const at = (index: number) => points[(index + points.length) % points.length] ?? { x: 0, y: 0 };
  const curve = points.map((_, i) => {
    const [before, from, to, after] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const [c1, c2] = [{ x: from.x + (to.x - before.x) / 6, y: from.y + (to.y - before.y) / 6 }, { x: to.x - (after.x - from.x) / 6, y: to.y - (after.y - from.y) / 6 }];
    return `C${[c1, c2, to].map(({ x, y }) => `${r(x)} ${r(y)}`).join(" ")}`;
  });
  return `<path d="M${r(at(0).x)} ${r(at(0).y)} ${curve.join(" ")}Z" fill="none" stroke="${INK.ring}" stroke-width="10" stroke-linejoin="round"/>`;
}

type End = { readonly x: number; readonly y: number; readonly left: number; readonly right: number };

function endsOf({ cards, discs }: Layout): ReadonlyMap<string, End> {
  return new Map([
    ...cards.map(({ node, x, y, width, height }) => [node.id, { x: x + width / 2, y: y + height / 2, left: x, right: x + width }] as const),
    ...discs.map(({ node, x, y, radius }) => [node.id, { x, y, left: x - radius, right: x + radius }] as const),
  ]);
}

/** From people to what they said. */
function stalk({ node, x, y, width, height }: Card, discs: readonly Disc[], edges: readonly GraphEdge[]): string[] {
  const said = edges.find(({ kind, target }) => kind === "said" && target === node.id);
  const from = discs.find((each) => each.node.id === said?.source);
  if (!from || node.kind === "task" || node.kind === "decision") return [];
  const to = { x: from.side === "left" ? x + width : x, y: y + height / 2 };
  const bend = (from.x + to.x) / 2;
  return [`<path d="M${r(from.x)} ${r(from.y)} C${r(bend)} ${r(from.y)} ${r(bend)} ${r(to.y)} ${r(to.x)} ${r(to.y)}" fill="none" stroke="${FILL[node.kind]}" stroke-opacity="0.35" stroke-width="1.5"/>`];
}

/** Leaves and arrives at the sides that face each other; between cards of one column it swings out towards the middle. */
function line({ kind, source, target, knownBy }: GraphEdge, ends: ReadonlyMap<string, End>): string {
  const stroke = STROKE[kind];
  const [from, to] = [ends.get(source), ends.get(target)];
  if (!stroke || !from || !to) return "";
  const column = Math.abs(from.x - to.x) < 30;
  const inwards = from.x < SIZE.width / 2;
  const [x1, x2] = column ? (inwards ? [from.right, to.right] : [from.left, to.left]) : from.x < to.x ? [from.right, to.left] : [from.left, to.right];
  const swing = column ? (inwards ? 46 : -46) : (x2 - x1) / 2;
  const path = `M${r(x1)} ${r(from.y)} C${r(x1 + swing)} ${r(from.y)} ${r(column ? x2 + swing : x2 - swing)} ${r(to.y)} ${r(x2)} ${r(to.y)}`;
  const dashes = stroke.dashes ? ` stroke-dasharray="${stroke.dashes}"` : "";
  const tip = kind === "same" ? "" : `<circle cx="${r(x2)}" cy="${r(to.y)}" r="4" fill="${stroke.colour}"/>`;
  return `<g data-kind="${kind}" data-known-by="${knownBy}"><path d="${path}" fill="none" stroke="${stroke.colour}" stroke-width="2" stroke-opacity="0.75"${dashes}/>${tip}</g>`;
}

const ABOUT: readonly NodeKind[] = ["circle", "theme"];

function drawn({ node, x, y, width, height, lines }: Card, ordinals: ReadonlyMap<number | null, number>, t: Translate): string {
  const { kind, knownBy, text, circle } = node;
  const colour = FILL[kind];
  if (kind === "theme") {
    return `<g data-kind="theme"><rect x="${r(x)}" y="${r(y)}" width="${r(width)}" height="${r(height)}" rx="${r(height / 2)}" fill="#e6eaf3"/>${words(lines, x + width / 2, y + 21, { size: SIZE.text, weight: 600, fill: colour, line: SIZE.line, middle: true })}</g>`;
  }
  const n = ordinals.get(circle);
  const name = kind === "circle" ? t("graph.circle", { n: n ?? 1 }) : n !== undefined ? t("graph.in-circle", { kind: t(`graph.kind.${kind}`), n }) : t(`graph.kind.${kind}`);
  const byRule = knownBy === "rules";
  const fill = ABOUT.includes(kind) ? "#eef1f7" : kind === "decision" ? "#e6f4f2" : kind === "task" ? "#f3eefc" : INK.paper;
  return [
    `<g data-kind="${kind}" data-known-by="${knownBy}"><title>${xml(text)}</title>`,
    `<rect x="${r(x)}" y="${r(y)}" width="${r(width)}" height="${r(height)}" rx="9" fill="${fill}" stroke="${byRule ? colour : INK.line}" stroke-width="1.2"${byRule ? ` stroke-dasharray="5 4"` : ""}/>`,
    `<rect x="${r(x)}" y="${r(y + 8)}" width="4" height="${r(height - 16)}" rx="2" fill="${colour}"/>`,
    words([name], x + 16, y + 18, { size: 11.5, weight: 600, fill: colour, line: 14 }),
    words(lines, x + 16, y + SIZE.head + 16, { size: SIZE.text, line: SIZE.line }),
    `</g>`,
  ].join("");
}

function disc({ node, x, y, radius, name }: Disc): string {
  const initial = [...node.text][0]?.toLocaleUpperCase() ?? "";
  return [
    `<g data-kind="participant"><title>${xml(node.text)}</title>`,
    `<circle cx="${r(x)}" cy="${r(y)}" r="${r(radius)}" fill="${FILL.participant}" stroke="${INK.ground}" stroke-width="4"/>`,
    words([initial], x, y + radius * 0.32, { size: radius * 0.9, weight: 600, fill: "#ffffff", line: 20, middle: true }),
    ...name.map((text, at) => words([text], x, y + radius + 18 + at * 17, { size: 14, weight: 600, line: 17, middle: true, halo: true })),
    `</g>`,
  ].join("");
}

type Look = { size: number; line: number; weight?: number; fill?: string; middle?: boolean; halo?: boolean; spaced?: boolean };

export function words(lines: readonly string[], x: number, y: number, { size, line: leading, weight = 400, fill = INK.text, middle = false, halo = false, spaced = false }: Look): string {
  const look = `font-size="${r(size)}" font-weight="${weight}" fill="${fill}"${middle ? ` text-anchor="middle"` : ""}${spaced ? ` letter-spacing="0.8"` : ""}`;
  const spans = lines.map((text, at) => `<tspan x="${r(x)}" y="${r(y + at * leading)}">${xml(text)}</tspan>`).join("");
  // Behind names and headings lines shine through.
  const behind = halo ? `<text ${look} stroke="${INK.ground}" stroke-width="4" stroke-linejoin="round">${spans}</text>` : "";
  return `${behind}<text ${look}>${spans}</text>`;
}

/** XML 1.0 has no room for control characters, even escaped. */
export function xml(text: string): string {
  return escapeHtml(text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ""));
}

function r(number: number): number {
  return Math.round(number * 10) / 10;
}
