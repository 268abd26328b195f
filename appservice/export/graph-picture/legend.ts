import type { Translate } from "../../language/translate.ts";
import { EDGE_KINDS, type MeetingGraph } from "../../protocol/meeting-graph.ts";
import { POSTER } from "../../protocol/graph-layout/page.ts";
import { widthOf } from "../../protocol/graph-layout/text-width.ts";
import { INK, STROKE } from "./palette.ts";
import { words } from "./svg-text.ts";

export const LEGEND_HEIGHT = 78;
const TEXT = 13;

/** Explains the kinds of lines that there are; the cards name their own kinds. */
export function legend({ nodes, edges }: MeetingGraph, top: number, t: Translate): string[] {
  const present = EDGE_KINDS.filter((kind) => STROKE[kind] && edges.some((edge) => edge.kind === kind));
  let x: number = POSTER.margin;
  const items = present.flatMap((kind) => {
    const { colour, dashes } = STROKE[kind] ?? { colour: INK.line, dashes: undefined };
    const name = t(`graph.edge.${kind}`);
    const at = x;
    x += 54 + widthOf(name, TEXT) + 26;
    return [
      `<path d="M${at} ${top + 22} h42" stroke="${colour}" stroke-width="2.5"${dashes ? ` stroke-dasharray="${dashes}"` : ""}/>`,
      kind === "same" ? "" : `<circle cx="${at + 42}" cy="${top + 22}" r="4" fill="${colour}"/>`,
      words([name], at + 54, top + 26.5, { size: TEXT, fill: INK.quiet, line: 16 }),
    ];
  });
  const byRule = nodes.some(({ knownBy, kind }) => knownBy === "rules" && kind !== "theme")
    ? words([t("graph.by-rule")], POSTER.margin, top + 54, { size: TEXT, fill: INK.quiet, line: 16 })
    : "";
  return [...items, byRule];
}
