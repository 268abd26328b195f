import type { Bench } from "./figures.ts";
import { manyRings } from "./load/many-rings.ts";
import { realRings } from "./load/real-rings.ts";

export const bench: Bench = {
  about:
    "105 people in 15 rings and a delegates' ring, all in the call: moving and passing; then 1,500 in signalling alone",
  run: async (say) => [...(await realRings(say)), ...(await manyRings(say))],
};
