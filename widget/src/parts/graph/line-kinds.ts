import { EDGE_KINDS, type EdgeKind } from "@mindminder/protocol/meeting-graph.ts";
import type { ShownGraph } from "./filtered.ts";

/** Lines that are drawn, by their dashes; who said what is seen by the place, and the circle stands on the card. */
export const DASHES: Readonly<Partial<Record<EdgeKind, string>>> = {
  supports: "",
  objects: "",
  answers: "",
  agreed: "",
  assigned: "",
  derived: "2 5",
  same: "8 5",
};

export function isDrawn(kind: EdgeKind): boolean {
  return kind in DASHES;
}

export function drawnKinds({ edges }: ShownGraph): EdgeKind[] {
  return EDGE_KINDS.filter((kind) => isDrawn(kind) && edges.some((edge) => edge.kind === kind));
}
