import { setUp } from "../../../tools/setup/setup.ts";
import { openSynapseStarter } from "./synapse-starter.ts";

/**
 * Prepares the browser, so that `vitest --project browser` works by itself; after the set-up of `npm test` it takes no
 * time.
 */
export default async function prepareBrowser(): Promise<() => Promise<void>> {
  await setUp({ synapse: true, livekit: true, speech: true, chromium: true, widget: true });
  return openSynapseStarter();
}
