import type { Upcaster } from "./upcaster.ts";

/** Adds that it is not known who gave more time: it was not written until then. */
export const turnExtended1: Upcaster = {
  kind: "circle",
  type: "turn-extended",
  from: 1,
  up: (event) => ({ ...event, by: null, door: null }),
};
