import type { GraphEdge } from "../meeting-graph.ts";
import type { Card, Disc, Layout } from "./parts.ts";

/** Point where a line leaves a card or a disc, and where one arrives. */
type End = { readonly x: number; readonly y: number; readonly left: number; readonly right: number };
export type Ends = ReadonlyMap<string, End>;

/** `path` is what an SVG path draws; `tip` is where it arrives, `middle` where its name may stand. */
export type LayoutLine = { readonly path: string; readonly tip: Point; readonly middle: Point };
type Point = { readonly x: number; readonly y: number };

export function endsOf({ cards, discs }: Layout): Ends {
  return new Map([
    ...cards.map(
      ({ node, x, y, width, height }) =>
        [node.id, { x: x + width / 2, y: y + height / 2, left: x, right: x + width }] as const,
    ),
    ...discs.map((disc) => [disc.node.id, endOf(disc)] as const),
  ]);
}

/** End of a line at a disc: where the name stands beside it, the line arrives behind the name. */
function endOf({ x, y, radius, side, name }: Disc): End {
  const right = side === "row" ? x + radius + 10 + Math.max(0, ...name.map((line) => line.length * 8.6)) : x + radius;
  return { x, y, left: x - radius, right };
}

const MOST_SWING = 26;

/**
 * Leaves and arrives at the sides that face each other; between cards of one column it swings out to where there is
 * room.
 */
export function lineOf(
  { source, target }: Pick<GraphEdge, "source" | "target">,
  ends: Ends,
  { width, shape }: { readonly width: number; readonly shape: "oval" | "column" },
): LayoutLine | null {
  const [from, to] = [ends.get(source), ends.get(target)];
  if (!from || !to) return null;
  const column = shape === "column" || Math.abs(from.x - to.x) < 30;
  const inwards = shape === "column" || from.x < width / 2;
  const [x1, x2] = column
    ? inwards
      ? [from.right, to.right]
      : [from.left, to.left]
    : from.x < to.x
      ? [from.right, to.left]
      : [from.left, to.right];
  if (shape === "column") {
    // Lines all meet the edge of the page, the longer ones farther out.
    const out = Math.max(x1, x2) + Math.min(MOST_SWING, 8 + Math.abs(from.y - to.y) / 60);
    return {
      path: `M${r(x1)} ${r(from.y)} C${r(out)} ${r(from.y)} ${r(out)} ${r(from.y)} ${r(out)} ${r(from.y + Math.sign(to.y - from.y) * 14)} L${r(out)} ${r(to.y - Math.sign(to.y - from.y) * 14)} C${r(out)} ${r(to.y)} ${r(out)} ${r(to.y)} ${r(x2)} ${r(to.y)}`,
      tip: { x: x2, y: to.y },
      middle: { x: out, y: (from.y + to.y) / 2 },
    };
  }
  const swing = column ? (inwards ? 46 : -46) : (x2 - x1) / 2;
  const [c1, c2] = [x1 + swing, column ? x2 + swing : x2 - swing];
  const path = `M${r(x1)} ${r(from.y)} C${r(c1)} ${r(from.y)} ${r(c2)} ${r(to.y)} ${r(x2)} ${r(to.y)}`;
  return { path, tip: { x: x2, y: to.y }, middle: { x: (x1 + 3 * c1 + 3 * c2 + x2) / 8, y: (from.y + to.y) / 2 } };
}

/** Line from a person to what they said; null where that does not stand beside them. */
export function stalkOf(
  { node, x, y, width, height }: Card,
  discs: readonly Disc[],
  edges: readonly Pick<GraphEdge, "kind" | "source" | "target">[],
): string | null {
  const said = edges.find(({ kind, target }) => kind === "said" && target === node.id);
  const from = discs.find((each) => each.node.id === said?.source);
  if (!from || from.side === "row" || node.kind === "task" || node.kind === "decision") return null;
  const to = { x: from.side === "left" ? x + width : x, y: y + height / 2 };
  const bend = (from.x + to.x) / 2;
  return `M${r(from.x)} ${r(from.y)} C${r(bend)} ${r(from.y)} ${r(bend)} ${r(to.y)} ${r(to.x)} ${r(to.y)}`;
}

/** The oval on which people sit; null where too few do, or they stand below one another. */
export function ringOf(discs: readonly Disc[]): string | null {
  if (discs.length < 3 || discs.some(({ side }) => side === "row")) return null;
  const on = (side: Disc["side"], order: 1 | -1) =>
    discs.filter((each) => each.side === side).sort((one, other) => order * (one.y - other.y));
  const points = [...on("right", 1), ...on("left", -1)];
  const at = (index: number) => points[(index + points.length) % points.length] ?? { x: 0, y: 0 };
  const curve = points.map((_, i) => {
    const [before, from, to, after] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const [c1, c2] = [
      { x: from.x + (to.x - before.x) / 6, y: from.y + (to.y - before.y) / 6 },
      { x: to.x - (after.x - from.x) / 6, y: to.y - (after.y - from.y) / 6 },
    ];
    return `C${[c1, c2, to].map(({ x, y }) => `${r(x)} ${r(y)}`).join(" ")}`;
  });
  return `M${r(at(0).x)} ${r(at(0).y)} ${curve.join(" ")}Z`;
}

function r(number: number): number {
  return Math.round(number * 10) / 10;
}
