import type { GraphNode } from "../meeting-graph.ts";
import {
  type Card,
  type Disc,
  type Drawn,
  type Heading,
  type Layout,
  pillsInRow,
  saidBy,
  sized,
  type Sized,
} from "./parts.ts";
import type { Page } from "./page.ts";
import { inLines } from "./text-width.ts";

const DISC = 30;
const HEADING = 34;
const BETWEEN_COLUMNS = 24;
/** Two columns of what came of it are no use where none of them can be read. */
const NARROWEST_COLUMN = 170;

type Group = { readonly person: GraphNode; readonly cards: readonly Sized[]; readonly height: number };
type Side = "left" | "right";

/**
 * The ring as people sit in it, clockwise, seen as an oval: what each has said stands outside, beside them; in the
 * middle what it was about and what came of it. Everything has a place of its own, so nothing can lie over anything.
 */
export function ovalLayout(graph: Drawn, page: Page, top: number): Layout {
  const { margin, width, card: cardWidth, gap, group } = page;
  const people = graph.nodes.filter(({ kind }) => kind === "participant");
  const groups = people.map((person) => groupOf(person, graph, page));
  const [right, left] = inHalves(groups, group);
  const sides = { right, left: left.toReversed() } as const;
  const middle = middleOf(graph, people, sides, page);
  const height = Math.max(heightOf(sides.left, group), heightOf(sides.right, group), middle.height, 320);
  const sideX = { left: margin, right: width - margin - cardWidth };
  const cards: Card[] = [];
  const discs: Disc[] = [];
  for (const side of ["left", "right"] as const) {
    // A short side is spread over the height of the long one.
    const free = Math.max(0, height - heightOf(sides[side], group)) / (sides[side].length + 1);
    let y = top + free;
    for (const { person, cards: own, height: tall } of sides[side]) {
      discs.push(discOf(person, side, y + tall / 2, { top, height, x: sideX[side] }, page));
      let at = y + (tall - stacked(own, gap)) / 2;
      for (const card of own) {
        cards.push({ ...card, x: sideX[side], y: at, width: cardWidth });
        at += card.height + gap;
      }
      y += tall + group + free;
    }
  }
  const down = top + (height - middle.height) / 2;
  return {
    width,
    height: top + height,
    cards: [...cards, ...middle.cards.map((card) => ({ ...card, y: card.y + down }))],
    headings: middle.headings.map((heading) => ({ ...heading, y: heading.y + down })),
    discs,
  };
}

function groupOf(person: GraphNode, graph: Drawn, { card, gap }: Page): Group {
  const cards = saidBy(person, graph).map((node) => sized(node, card));
  return { person, cards, height: Math.max(DISC * 2 + 40, stacked(cards, gap)) };
}

function stacked(cards: readonly Sized[], gap: number): number {
  return cards.reduce((sum, { height }) => sum + height + gap, -gap);
}

function heightOf(groups: readonly Group[], between: number): number {
  return groups.reduce((sum, { height }) => sum + height + between, -between);
}

/** Cut where both sides are most alike in height; the ring's order stays. */
function inHalves(groups: readonly Group[], between: number): [Group[], Group[]] {
  const cuts = groups.map((_, at) => at + 1);
  const taller = (at: number) => Math.max(heightOf(groups.slice(0, at), between), heightOf(groups.slice(at), between));
  const best = cuts.reduce((one, other) => (taller(other) < taller(one) ? other : one), Math.ceil(groups.length / 2));
  return [groups.slice(0, best), groups.slice(best)];
}

/** Disc on an oval: people who sit above or below are nearer to the middle. */
function discOf(
  node: GraphNode,
  side: Side,
  y: number,
  { top, height, x }: { top: number; height: number; x: number },
  { card, lane }: Page,
): Disc {
  const away = Math.abs((y - top) / height - 0.5) * 2;
  const inwards = 64 + Math.max(0, Math.min(50, lane - 126)) * away ** 2;
  const radius = 20 + 10 * node.centrality;
  return {
    node,
    side,
    y,
    radius,
    x: side === "left" ? x + card + inwards : x - inwards,
    name: inLines(node.text, 118, 14, 2),
  };
}

/**
 * Middle of the picture: the meeting's subjects, then its outcome, in two columns: a task stands on the side of its
 * owner.
 */
function middleOf(
  graph: Drawn,
  people: readonly GraphNode[],
  sides: Readonly<Record<Side, readonly Group[]>>,
  { margin, width, card: beside, lane, gap }: Page,
): Pick<Layout, "height" | "cards" | "headings"> {
  const from = margin + beside + lane;
  const whole = width - 2 * from;
  const inOne = (whole - BETWEEN_COLUMNS) / 2 < NARROWEST_COLUMN;
  const half = inOne ? whole : (whole - BETWEEN_COLUMNS) / 2;
  const columns = { left: from, right: inOne ? from : from + half + BETWEEN_COLUMNS } as const;
  const of = (...kinds: GraphNode["kind"][]) => graph.nodes.filter(({ kind }) => kinds.includes(kind));
  const cards: Card[] = [];
  const headings: Heading[] = [];
  let y = 0;

  const inTwo = (nodes: readonly GraphNode[], sideOf: (node: GraphNode) => Side | null) => {
    const at = { left: y, right: y };
    for (const node of nodes) {
      const side = inOne ? "left" : (sideOf(node) ?? (at.left <= at.right ? "left" : "right"));
      const card = sized(node, half);
      cards.push({ ...card, x: columns[side], y: at[side], width: half });
      at[side] += card.height + gap;
    }
    y = Math.max(at.left, at.right) - gap;
  };
  const part = (
    heading: Heading["text"],
    nodes: readonly GraphNode[],
    sideOf: (node: GraphNode) => Side | null = () => null,
  ) => {
    if (nodes.length === 0) return;
    if (y > 0) y += 40;
    headings.push({ text: heading, x: from, y });
    y += HEADING;
    inTwo(nodes, sideOf);
  };

  part("circles", of("circle"));
  // Themes of the meeting stand at the head of the page.
  const themes = of("theme").filter(({ knownBy }) => knownBy !== "meeting");
  if (themes.length > 0) {
    headings.push({ text: "themes", x: from, y: (y += 40) });
    const pills = pillsInRow(themes, from, y + HEADING, whole, gap);
    cards.push(...pills);
    y = Math.max(...pills.map((pill) => pill.y + pill.height));
  }
  const rows = new Map(
    (["left", "right"] as const).flatMap((side) =>
      sides[side].map(({ person }, row) => [person.id, { side, row }] as const),
    ),
  );
  const owner = (node: GraphNode) => people.find(({ people: [who] }) => who === node.people[0]);
  const seatOf = (node: GraphNode) => rows.get(owner(node)?.id ?? "");
  const byRow = (nodes: readonly GraphNode[]) =>
    nodes.toSorted((one, other) => (seatOf(one)?.row ?? 99) - (seatOf(other)?.row ?? 99));
  part("results", [...byRow(of("decision")), ...byRow(of("task"))], (node) =>
    node.kind === "task" ? (seatOf(node)?.side ?? null) : null,
  );
  return { height: y, cards, headings };
}
