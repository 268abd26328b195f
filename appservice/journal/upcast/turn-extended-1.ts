import type { Upcaster } from "./upcaster.ts";

/** Until then it was not written who gave more time. */
export const turnExtended1: Upcaster = {
  kind: "circle",
  type: "turn-extended",
  from: 1,
  up: (event) => ({ ...event, by: null, door: null }),
};
