import type { Translate } from "../../language/translate.ts";
import type { Language } from "../../protocol/identity.ts";
import type { GraphEdge, MeetingGraph, NodeKind } from "../../protocol/meeting-graph.ts";
import { layoutOf } from "../../protocol/graph-layout/layout.ts";
import type { Card, Disc } from "../../protocol/graph-layout/parts.ts";
import { type Ends, endsOf, lineOf, ringOf, stalkOf } from "../../protocol/graph-layout/lines.ts";
import { POSTER, TEXT } from "../../protocol/graph-layout/page.ts";
import { inLines } from "../../protocol/graph-layout/text-width.ts";
import { legend, LEGEND_HEIGHT } from "./legend.ts";
import { FILL, FONT, INK, STROKE } from "./palette.ts";
import { r, words, xml } from "./svg-text.ts";

export type PictureCaptions = {
  readonly title: string;
  readonly facts: string;
  readonly language: Language;
  readonly t: Translate;
};
export type GraphPicture = { readonly svg: string; readonly width: number; readonly height: number };

const TOP = 132;

/** Draws the meeting's results on one page, to be read and printed: pure, and the same for the same graph. */
export function graphPicture(graph: MeetingGraph, { title, facts, language, t }: PictureCaptions): GraphPicture {
  const layout = layoutOf(graph, POSTER, TOP);
  const ends = endsOf(layout);
  const height = Math.ceil(layout.height + POSTER.margin + LEGEND_HEIGHT);
  const ordinals = new Map(
    graph.nodes.filter(({ kind }) => kind === "circle").map(({ circle }, at) => [circle, at + 1]),
  );
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${POSTER.width}" height="${height}" viewBox="0 0 ${POSTER.width} ${height}" font-family="${FONT}" lang="${language}" role="img">`,
    `<title>${xml(t("graph.title", { title }))}</title>`,
    `<rect width="100%" height="100%" fill="${INK.ground}"/>`,
    words(inLines(title, POSTER.width - 2 * POSTER.margin, 32, 1), POSTER.margin, 66, {
      size: 32,
      weight: 700,
      line: 38,
    }),
    words([facts], POSTER.margin, 96, { size: 16, fill: INK.quiet, line: 20 }),
    ring(layout.discs),
    ...layout.cards.flatMap((card) => stalk(card, layout.discs, graph.edges)),
    ...graph.edges.map((edge) => line(edge, ends)),
    ...layout.headings.map(({ text, x, y }) => heading(t(`graph.${text}`), x, y)),
    ...layout.cards.map((card) => drawn(card, ordinals, t)),
    ...layout.discs.map(disc),
    ...legend(graph, height - LEGEND_HEIGHT, t),
    `</svg>`,
    ``,
  ]
    .filter((part) => part !== "")
    .join("\n");
  return { svg, width: POSTER.width, height };
}

function heading(text: string, x: number, y: number): string {
  return words([text.toLocaleUpperCase()], x, y + 14, {
    size: 12,
    weight: 600,
    fill: INK.quiet,
    line: 14,
    spaced: true,
    halo: true,
  });
}

/** Draws the oval on which people sit. */
function ring(discs: readonly Disc[]): string {
  const path = ringOf(discs);
  return path === null
    ? ""
    : `<path d="${path}" fill="none" stroke="${INK.ring}" stroke-width="10" stroke-linejoin="round"/>`;
}

/** Draws the lines from people to their cards. */
function stalk(card: Card, discs: readonly Disc[], edges: readonly GraphEdge[]): string[] {
  const path = stalkOf(card, discs, edges);
  return path === null
    ? []
    : [`<path d="${path}" fill="none" stroke="${FILL[card.node.kind]}" stroke-opacity="0.35" stroke-width="1.5"/>`];
}

function line({ kind, source, target, knownBy }: GraphEdge, ends: Ends): string {
  const stroke = STROKE[kind];
  const drawnLine = lineOf({ source, target }, ends, POSTER);
  if (!stroke || !drawnLine) return "";
  const {
    path,
    tip: { x, y },
  } = drawnLine;
  const dashes = stroke.dashes ? ` stroke-dasharray="${stroke.dashes}"` : "";
  const tip = kind === "same" ? "" : `<circle cx="${r(x)}" cy="${r(y)}" r="4" fill="${stroke.colour}"/>`;
  return `<g data-kind="${kind}" data-known-by="${knownBy}"><path d="${path}" fill="none" stroke="${stroke.colour}" stroke-width="2" stroke-opacity="0.75"${dashes}/>${tip}</g>`;
}

const ABOUT: readonly NodeKind[] = ["circle", "theme"];

function drawn(
  { node, x, y, width, height, lines }: Card,
  ordinals: ReadonlyMap<number | null, number>,
  t: Translate,
): string {
  const { kind, knownBy, text, circle } = node;
  const colour = FILL[kind];
  if (kind === "theme") {
    return `<g data-kind="theme"><rect x="${r(x)}" y="${r(y)}" width="${r(width)}" height="${r(height)}" rx="${r(height / 2)}" fill="#e6eaf3"/>${words(lines, x + width / 2, y + 21, { size: TEXT.size, weight: 600, fill: colour, line: TEXT.line, middle: true })}</g>`;
  }
  const n = ordinals.get(circle);
  const name =
    kind === "circle"
      ? t("graph.circle", { n: n ?? 1 })
      : n !== undefined
        ? t("graph.in-circle", { kind: t(`graph.kind.${kind}`), n })
        : t(`graph.kind.${kind}`);
  const byRule = knownBy === "rules";
  const fill = ABOUT.includes(kind)
    ? "#eef1f7"
    : kind === "decision"
      ? "#e6f4f2"
      : kind === "task"
        ? "#f3eefc"
        : INK.paper;
  return [
    `<g data-kind="${kind}" data-known-by="${knownBy}"><title>${xml(text)}</title>`,
    `<rect x="${r(x)}" y="${r(y)}" width="${r(width)}" height="${r(height)}" rx="9" fill="${fill}" stroke="${byRule ? colour : INK.line}" stroke-width="1.2"${byRule ? ` stroke-dasharray="5 4"` : ""}/>`,
    `<rect x="${r(x)}" y="${r(y + 8)}" width="4" height="${r(height - 16)}" rx="2" fill="${colour}"/>`,
    words([name], x + 16, y + 18, { size: 11.5, weight: 600, fill: colour, line: 14 }),
    words(lines, x + 16, y + TEXT.head + 16, { size: TEXT.size, line: TEXT.line }),
    `</g>`,
  ].join("");
}

function disc({ node, x, y, radius, name }: Disc): string {
  const initial = [...node.text][0]?.toLocaleUpperCase() ?? "";
  return [
    `<g data-kind="participant"><title>${xml(node.text)}</title>`,
    `<circle cx="${r(x)}" cy="${r(y)}" r="${r(radius)}" fill="${FILL.participant}" stroke="${INK.ground}" stroke-width="4"/>`,
    words([initial], x, y + radius * 0.32, {
      size: radius * 0.9,
      weight: 600,
      fill: "#ffffff",
      line: 20,
      middle: true,
    }),
    ...name.map((text, at) =>
      words([text], x, y + radius + 18 + at * 17, { size: 14, weight: 600, line: 17, middle: true, halo: true }),
    ),
    `</g>`,
  ].join("");
}
