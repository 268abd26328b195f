import { setUp, TEST_SERVERS } from "../../../tools/setup/setup.ts";
import { openSynapseStarter } from "./synapse-starter.ts";

/**
 * Prepares the servers, so that `vitest --project integration` works by itself; after the set-up of `npm test` it takes
 * no time.
 */
export default async function prepareServers(): Promise<() => Promise<void>> {
  await setUp(TEST_SERVERS);
  return openSynapseStarter();
}
