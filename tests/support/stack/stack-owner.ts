// Starts the servers and a browser, says the process ids, and waits for its end. For stack.test.ts.
import { launchChromium } from "./chromium.ts";
import { startLiveKit } from "./livekit.ts";
import { startSynapse } from "./synapse.ts";

const [dir = "."] = process.argv.slice(2);
const [synapse, livekit] = await Promise.all([
  startSynapse({ dir: `${dir}/synapse` }),
  startLiveKit({ dir: `${dir}/livekit` }),
  launchChromium(),
]);
console.log(JSON.stringify([synapse.pid, livekit.pid]));
setInterval(() => {}, 1_000);
