// Builds a set as the command line does, in a process of its own, and tells how long that took and how much memory at
// most.
import { buildByHand } from "../../../appservice/cli/dataset.ts";

const [target = "", config = ""] = process.argv.slice(2);
const began = performance.now();
await buildByHand(target, { config });
const took = (performance.now() - began) / 1_000;
process.send?.({ took, megabytes: process.resourceUsage().maxRSS / 1_024 });
process.disconnect();
