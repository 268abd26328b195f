import type { GraphNode, MeetingGraph } from "../../protocol/meeting-graph.ts";
import { inLines, widthOf } from "./text.ts";

export const SIZE = { width: 1600, margin: 40, card: 310, gap: 10, group: 34, text: 13.5, line: 18, head: 21, disc: 30 } as const;
const HEADING = 34;
const LANE = 190;
const MOST_LINES = 4;

export type Card = { readonly node: GraphNode; readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly lines: readonly string[] };
export type Disc = { readonly node: GraphNode; readonly x: number; readonly y: number; readonly radius: number; readonly name: readonly string[]; readonly side: "left" | "right" };
export type Heading = { readonly text: "circles" | "themes" | "results"; readonly x: number; readonly y: number };
export type Layout = { readonly height: number; readonly cards: readonly Card[]; readonly discs: readonly Disc[]; readonly headings: readonly Heading[] };

type Group = { readonly person: GraphNode; readonly cards: readonly Sized[]; readonly height: number };
type Sized = Pick<Card, "node" | "lines" | "height">;

/**
 * The ring as people sit in it, clockwise, seen as an oval: what each has said stands outside, beside them; in the middle what it
 * was about and what came of it. Everything has a place of its own, so nothing can lie over anything.
 */
export function layoutOf(graph: MeetingGraph, top: number): Layout {
  const people = graph.nodes.filter(({ kind }) => kind === "participant");
  const groups = people.map((person) => groupOf(person, graph));
  const [right, left] = inHalves(groups);
  const sides = { right, left: left.toReversed() } as const;
  const middle = middleOf(graph, people, sides);
  const height = Math.max(heightOf(sides.left), heightOf(sides.right), middle.height, 320);
  const sideX = { left: SIZE.margin, right: SIZE.width - SIZE.margin - SIZE.card };
  const cards: Card[] = [];
  const discs: Disc[] = [];
  for (const side of ["left", "right"] as const) {
    // A short side is spread over the height of the long one.
    const free = Math.max(0, height - heightOf(sides[side])) / (sides[side].length + 1);
    let y = top + free;
    for (const { person, cards: own, height: tall } of sides[side]) {
      discs.push(discOf(person, side, y + tall / 2, { top, height, x: sideX[side] }));
      let at = y + (tall - stacked(own)) / 2;
      for (const card of own) {
        cards.push({ ...card, x: sideX[side], y: at, width: SIZE.card });
        at += card.height + SIZE.gap;
      }
      y += tall + SIZE.group + free;
    }
  }
  const down = top + (height - middle.height) / 2;
  return {
    height: top + height,
    cards: [...cards, ...middle.cards.map((card) => ({ ...card, y: card.y + down }))],
    headings: middle.headings.map((heading) => ({ ...heading, y: heading.y + down })),
    discs,
  };
}

const SAID: readonly GraphNode["kind"][] = ["statement", "proposal", "agreement", "objection", "question"];

function groupOf(person: GraphNode, { nodes, edges }: MeetingGraph): Group {
  const said = new Set(edges.filter(({ kind, source }) => kind === "said" && source === person.id).map(({ target }) => target));
  // What several said stands with the first of them.
  const own = nodes.filter(({ id, kind, people: [first] }) => SAID.includes(kind) && said.has(id) && first === person.people[0]);
  const cards = own.map((node) => sized(node, SIZE.card));
  return { person, cards, height: Math.max(SIZE.disc * 2 + 40, stacked(cards)) };
}

function sized(node: GraphNode, width: number): Sized {
  const lines = inLines(node.text, width - 30, SIZE.text, MOST_LINES);
  return { node, lines, height: SIZE.head + lines.length * SIZE.line + 13 };
}

function stacked(cards: readonly Sized[]): number {
  return cards.reduce((sum, { height }) => sum + height + SIZE.gap, -SIZE.gap);
}

function heightOf(groups: readonly Group[]): number {
  return groups.reduce((sum, { height }) => sum + height + SIZE.group, -SIZE.group);
}

/** Cut where both sides are most alike in height; the ring's order stays. */
function inHalves(groups: readonly Group[]): [Group[], Group[]] {
  const cuts = groups.map((_, at) => at + 1);
  const taller = (at: number) => Math.max(heightOf(groups.slice(0, at)), heightOf(groups.slice(at)));
  const best = cuts.reduce((one, other) => (taller(other) < taller(one) ? other : one), Math.ceil(groups.length / 2));
  return [groups.slice(0, best), groups.slice(best)];
}

/** On an oval: whoever sits above or below is nearer to the middle. */
function discOf(node: GraphNode, side: Disc["side"], y: number, { top, height, x }: { top: number; height: number; x: number }): Disc {
  const away = Math.abs((y - top) / height - 0.5) * 2;
  const inwards = 64 + 50 * away ** 2;
  const radius = 20 + 10 * node.centrality;
  return { node, side, y, radius, x: side === "left" ? x + SIZE.card + inwards : x - inwards, name: inLines(node.text, 118, 14, 2) };
}

/** What it was about, then what came of it, in two columns: a task stands on the side of whoever does it. */
function middleOf(graph: MeetingGraph, people: readonly GraphNode[], sides: Readonly<Record<"left" | "right", readonly Group[]>>): Pick<Layout, "height" | "cards" | "headings"> {
  const from = SIZE.margin + SIZE.card + LANE;
  const whole = SIZE.width - 2 * from;
  const half = (whole - 24) / 2;
  const columns = { left: from, right: from + half + 24 } as const;
  const of = (...kinds: GraphNode["kind"][]) => graph.nodes.filter(({ kind }) => kinds.includes(kind));
  const cards: Card[] = [];
  const headings: Heading[] = [];
  let y = 0;

  const inTwo = (nodes: readonly GraphNode[], sideOf: (node: GraphNode) => "left" | "right" | null) => {
    const at = { left: y, right: y };
    for (const node of nodes) {
      const side = sideOf(node) ?? (at.left <= at.right ? "left" : "right");
      const card = sized(node, half);
      cards.push({ ...card, x: columns[side], y: at[side], width: half });
      at[side] += card.height + SIZE.gap;
    }
    y = Math.max(at.left, at.right) - SIZE.gap;
  };
  const part = (heading: Heading["text"], nodes: readonly GraphNode[], sideOf: (node: GraphNode) => "left" | "right" | null = () => null) => {
    if (nodes.length === 0) return;
    if (y > 0) y += 40;
    headings.push({ text: heading, x: from, y });
    y += HEADING;
    inTwo(nodes, sideOf);
  };

  part("circles", of("circle"));
  // What the meeting was about stands at the head of the page.
  const themes = of("theme").filter(({ knownBy }) => knownBy !== "meeting");
  if (themes.length > 0) {
    headings.push({ text: "themes", x: from, y: (y += 40) });
    const pills = inRow(themes, from, y + HEADING, whole);
    cards.push(...pills);
    y = Math.max(...pills.map((pill) => pill.y + pill.height));
  }
  const rows = new Map((["left", "right"] as const).flatMap((side) => sides[side].map(({ person }, row) => [person.id, { side, row }] as const)));
  const owner = (node: GraphNode) => people.find(({ people: [who] }) => who === node.people[0]);
  const seatOf = (node: GraphNode) => rows.get(owner(node)?.id ?? "");
  const byRow = (nodes: readonly GraphNode[]) => nodes.toSorted((one, other) => (seatOf(one)?.row ?? 99) - (seatOf(other)?.row ?? 99));
  part("results", [...byRow(of("decision")), ...byRow(of("task"))], (node) => (node.kind === "task" ? (seatOf(node)?.side ?? null) : null));
  return { height: y, cards, headings };
}

/** Single words, one beside the other. */
function inRow(nodes: readonly GraphNode[], left: number, top: number, whole: number): Card[] {
  let [x, y] = [left, top];
  return nodes.map((node) => {
    const lines = inLines(node.text, whole - 32, SIZE.text, 1);
    const width = Math.ceil(widthOf(lines[0] ?? "", SIZE.text)) + 32;
    if (x > left && x + width > left + whole) [x, y] = [left, y + PILL + SIZE.gap];
    const card = { node, lines, x, y, width, height: PILL };
    x += width + SIZE.gap;
    return card;
  });
}

const PILL = 32;
