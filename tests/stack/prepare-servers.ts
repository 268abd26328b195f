import { setUp } from "../../tools/setup/setup.ts";

/** So that `vitest --project integration` works by itself; after the set-up of `npm test` it takes no time. */
export default async function prepareServers(): Promise<void> {
  await setUp({ synapse: true, livekit: true, speech: true, transcriptionServer: true, radicale: true, embeddingsServer: true });
}
