import type { Upcaster } from "./upcaster.ts";

/**
 * Gives whoever sat down in a running circle a turn of their own, also where one had been kept for them, as it was
 * then.
 */
export const ringJoined1: Upcaster = {
  kind: "circle",
  type: "ring-joined",
  from: 1,
  up: (event) => ({ ...event, keptMs: null }),
};
