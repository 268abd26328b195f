import type { GraphNode } from "../meeting-graph.ts";
import { type Card, type Disc, type Drawn, type Heading, type Layout, pillsInRow, saidBy, sized } from "./parts.ts";
import type { Page } from "./page.ts";
import { inLines } from "./text-width.ts";

const HEADING = 30;
const RADIUS = 15;
/** A disc with the name beside it. */
const PERSON = 40;

/** Layout in one column: the meeting's subjects, who said what, then the outcome. The lines run down the free edge. */
export function columnLayout({ nodes, edges }: Drawn, { width, margin, card, gap, group }: Page, top: number): Layout {
  const cards: Card[] = [];
  const discs: Disc[] = [];
  const headings: Heading[] = [];
  let y = top;
  const of = (...kinds: GraphNode["kind"][]) => nodes.filter(({ kind }) => kinds.includes(kind));

  const stack = (each: readonly GraphNode[]) => {
    for (const node of each) {
      const one = sized(node, card);
      cards.push({ ...one, x: margin, y, width: card });
      y += one.height + gap;
    }
  };
  const part = (text: Heading["text"], put: () => void) => {
    headings.push({ text, x: margin, y });
    y += HEADING;
    put();
    y += group - gap;
  };

  const circles = of("circle");
  if (circles.length > 0) part("circles", () => stack(circles));
  const themes = of("theme").filter(({ knownBy }) => knownBy !== "meeting");
  if (themes.length > 0) {
    part("themes", () => {
      const pills = pillsInRow(themes, margin, y, card, gap);
      cards.push(...pills);
      y = Math.max(...pills.map((pill) => pill.y + pill.height)) + gap;
    });
  }
  for (const person of of("participant")) {
    discs.push({
      node: person,
      side: "row",
      x: margin + RADIUS,
      y: y + PERSON / 2 - 3,
      radius: RADIUS,
      name: inLines(person.text, card - 2 * RADIUS - 12, 14, 1),
    });
    y += PERSON;
    stack(saidBy(person, { nodes, edges }));
    y += group - gap;
  }
  const results = [...of("decision"), ...of("task")];
  if (results.length > 0) part("results", () => stack(results));
  return { width, height: y, cards, discs, headings };
}
