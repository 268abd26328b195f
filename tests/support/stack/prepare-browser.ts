import { ensureHeadlessShell } from "../../../tools/setup/chromium.ts";
import { quiet } from "../../../tools/setup/progress.ts";
import { setUp } from "../../../tools/setup/setup.ts";
import { HEADLESS_SHELL } from "./chromium.ts";
import { LONG } from "./long.ts";
import { openSynapseStarter } from "./synapse-starter.ts";

/**
 * Prepares the browser, so that `vitest --project browser` works by itself; after the set-up of `npm test` it takes no
 * time. In the long run it is the whole one, as people have it, else the one that takes least of the processor's time.
 */
export default async function prepareBrowser(): Promise<() => Promise<void>> {
  await setUp({ synapse: true, livekit: true, speech: true, chromium: true, widget: true });
  if (!LONG) process.env[HEADLESS_SHELL] = (await ensureHeadlessShell(quiet)).executable;
  return openSynapseStarter();
}
