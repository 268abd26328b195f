import type { GraphNode, MeetingGraph } from "../meeting-graph.ts";
import { TEXT } from "./page.ts";
import { inLines, widthOf } from "./text-width.ts";

export type Card = {
  readonly node: GraphNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly string[];
};
/** `row`: the name stands beside the disc; else below it, and the cards on that side of it. */
export type Disc = {
  readonly node: GraphNode;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly name: readonly string[];
  readonly side: "left" | "right" | "row";
};
export type Heading = { readonly text: "circles" | "themes" | "results"; readonly x: number; readonly y: number };
export type Layout = {
  readonly width: number;
  readonly height: number;
  readonly cards: readonly Card[];
  readonly discs: readonly Disc[];
  readonly headings: readonly Heading[];
};
export type Drawn = Pick<MeetingGraph, "nodes" | "edges">;

export type Sized = Pick<Card, "node" | "lines" | "height">;

export function sized(node: GraphNode, width: number): Sized {
  const lines = inLines(node.text, width - 30, TEXT.size, TEXT.mostLines);
  return { node, lines, height: TEXT.head + lines.length * TEXT.line + 13 };
}

/** Nodes that a person has said; those that several said stand with the first of them. */
export function saidBy(person: GraphNode, { nodes, edges }: Drawn): GraphNode[] {
  const said = new Set(
    edges.filter(({ kind, source }) => kind === "said" && source === person.id).map(({ target }) => target),
  );
  return nodes.filter(
    ({ id, kind, people: [first] }) => SAID.includes(kind) && said.has(id) && first === person.people[0],
  );
}

const SAID: readonly GraphNode["kind"][] = ["statement", "proposal", "agreement", "objection", "question"];
const PILL = 32;

/** Single words, one beside the other. */
export function pillsInRow(nodes: readonly GraphNode[], left: number, top: number, whole: number, gap: number): Card[] {
  let [x, y] = [left, top];
  return nodes.map((node) => {
    const lines = inLines(node.text, whole - 32, TEXT.size, 1);
    const width = Math.min(whole, Math.ceil(widthOf(lines[0] ?? "", TEXT.size)) + 32);
    if (x > left && x + width > left + whole) [x, y] = [left, y + PILL + gap];
    const card = { node, lines, x, y, width, height: PILL };
    x += width + gap;
    return card;
  });
}
