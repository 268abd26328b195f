import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";
import { EDGE_KINDS, NODE_KINDS } from "../../../appservice/protocol/meeting-graph.ts";
import type { Shown } from "./filtered.ts";
import { type Colours, isBroken, type Positions, radiusOf, strokeOf } from "./graph-files.ts";

cytoscape.use(fcose);

/** The picture on the screen: drawn by Cytoscape, which moves, zooms and tells what was chosen. */
export class GraphDrawing {
  readonly #cy: cytoscape.Core;
  readonly #element: HTMLElement;
  readonly #resized: ResizeObserver;
  #motion: boolean;

  constructor(element: HTMLElement, { onChoose, motion }: { onChoose: (id: string | null) => void; motion: boolean }) {
    this.#element = element;
    this.#motion = motion;
    this.#cy = cytoscape({ container: element, style: styleOf(coloursOf(element)), minZoom: 0.2, maxZoom: 3, boxSelectionEnabled: false });
    this.#cy.on("tap", "node", (event) => onChoose((event.target as cytoscape.NodeSingular).id()));
    this.#cy.on("tap", (event) => { if (event.target === this.#cy) onChoose(null); });
    this.#resized = new ResizeObserver(() => {
      this.#cy.resize();
      this.#cy.fit(undefined, 16);
    });
    this.#resized.observe(element);
  }

  /** What was there stays where it is, as far as what is new lets it. */
  show({ nodes, edges }: Shown): void {
    const cy = this.#cy;
    const wanted = new Set([...nodes, ...edges].map(({ id }) => id));
    const before = cy.elements().length;
    const gone = cy.elements().filter((element) => !wanted.has(element.id()));
    const fresh = [
      ...nodes.filter(({ id }) => cy.$id(id).empty()).map(({ id, kind, text }) => ({ group: "nodes" as const, data: { id, kind, text: shortened(text) } })),
      ...edges.filter(({ id }) => cy.$id(id).empty()).map(({ id, kind, source, target, weight }) => ({ group: "edges" as const, data: { id, kind, source, target, weight } })),
    ];
    if (gone.length === 0 && fresh.length === 0) return;
    cy.batch(() => {
      gone.remove();
      cy.add(fresh);
    });
    const layout: fcose.FcoseLayoutOptions = {
      name: "fcose", quality: "proof", animate: this.#motion && before > 0, animationDuration: 400, randomize: before === 0,
      nodeDimensionsIncludeLabels: true, idealEdgeLength: 64, nodeRepulsion: 5_000, padding: 16,
    };
    cy.layout(layout).run();
    if (before === 0) this.#turnToFit();
  }

  /** A first picture that lies where the place for it stands is turned on its side. */
  #turnToFit(): void {
    const cy = this.#cy;
    const { w, h } = cy.nodes().boundingBox();
    if (w > h === cy.width() > cy.height()) return;
    cy.nodes().positions((node) => ({ x: node.position("y"), y: node.position("x") }));
    cy.fit(undefined, 16);
  }

  choose(id: string | null): void {
    const cy = this.#cy;
    cy.elements().removeClass("chosen faded");
    if (id === null || cy.$id(id).empty()) return;
    const chosen = cy.$id(id);
    cy.elements().not(chosen.closedNeighborhood()).addClass("faded");
    chosen.addClass("chosen");
  }

  recolour(): void {
    this.#cy.style(styleOf(coloursOf(this.#element)));
  }

  get colours(): Colours {
    return coloursOf(this.#element);
  }

  positions(): Positions {
    return new Map(this.#cy.nodes().map((node) => [node.id(), { ...node.position() }]));
  }

  async png(): Promise<Blob> {
    return this.#cy.png({ output: "blob-promise", full: true, scale: 2, bg: coloursOf(this.#element).ground });
  }

  close(): void {
    this.#resized.disconnect();
    this.#cy.destroy();
  }
}

const POINTING: ReadonlySet<string> = new Set(["supports", "objects", "answers", "agreed", "assigned", "derived"]);

/** Labels are cut here; the whole text stands beside the picture when a node is chosen. */
const MOST_LETTERS = 60;

function shortened(text: string): string {
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS - 1).trimEnd()}…` : text;
}

function coloursOf(element: HTMLElement): Colours {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(`--graph-${name}`).trim();
  const nodes = Object.fromEntries(NODE_KINDS.map((kind) => [kind, colour(kind)])) as Colours["nodes"];
  return { nodes, good: colour("good"), bad: colour("bad"), text: colour("text"), line: colour("line"), ground: colour("ground"), font: style.fontFamily };
}

function styleOf(colours: Colours): cytoscape.StylesheetJson {
  const { nodes, text, line, ground, font } = colours;
  return [
    {
      selector: "node",
      style: {
        label: "data(text)", "font-family": font, "font-size": 13, color: text, "text-valign": "bottom", "text-margin-y": 4,
        "text-wrap": "wrap", "text-max-width": "130px", "text-background-color": ground, "text-background-opacity": 0.8, "text-background-padding": "2px",
      },
    },
    ...NODE_KINDS.map((kind) => ({
      selector: `node[kind="${kind}"]`,
      style: { "background-color": nodes[kind], width: radiusOf(kind) * 2, height: radiusOf(kind) * 2 },
    })),
    { selector: `node[kind="participant"], node[kind="circle"]`, style: { "font-size": 15, "font-weight": 600 } },
    { selector: `node[kind="task"]`, style: { shape: "round-rectangle" } },
    { selector: `node[kind="decision"]`, style: { shape: "diamond" } },
    { selector: `node[kind="objection"]`, style: { shape: "triangle" } },
    { selector: "edge", style: { width: "data(weight)", "line-color": line, "curve-style": "bezier", "target-arrow-color": line, "arrow-scale": 0.8 } },
    ...EDGE_KINDS.map((kind) => ({
      selector: `edge[kind="${kind}"]`,
      style: {
        "line-color": strokeOf(kind, colours), "target-arrow-color": strokeOf(kind, colours), "line-style": isBroken(kind) ? "dashed" : "solid",
        "target-arrow-shape": POINTING.has(kind) ? "triangle" : "none",
      },
    })),
    { selector: ".faded", style: { opacity: 0.2 } },
    { selector: ".chosen", style: { "border-width": 3, "border-color": text } },
  ] as cytoscape.StylesheetJson;
}
