import type { EdgeKind, NodeKind } from "../../protocol/meeting-graph.ts";

export const INK = {
  text: "#172033",
  quiet: "#566178",
  ground: "#f7f8fb",
  paper: "#ffffff",
  line: "#d5dae4",
  ring: "#dfe4ee",
} as const;

export const FILL: Readonly<Record<NodeKind, string>> = {
  participant: "#24406f",
  circle: "#3c5a94",
  theme: "#5b6b86",
  statement: "#6b7a93",
  proposal: "#1f66d0",
  agreement: "#15803d",
  objection: "#c62828",
  decision: "#0f6e66",
  task: "#6d3fc0",
  question: "#b45309",
};

/** Lines that are drawn; a card's place shows its author, and the circle stands on the card. */
export const STROKE: Readonly<Partial<Record<EdgeKind, { readonly colour: string; readonly dashes?: string }>>> = {
  supports: { colour: "#15803d" },
  objects: { colour: "#c62828" },
  answers: { colour: "#b45309" },
  agreed: { colour: "#0f9488" },
  assigned: { colour: "#8f6ad6" },
  derived: { colour: "#7a8599", dashes: "2 5" },
  same: { colour: "#2f7fd6", dashes: "8 5" },
};

export const FONT = "Inter, system-ui, -apple-system, 'Segoe UI', sans-serif";
