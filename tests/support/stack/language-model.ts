import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { LanguageModelPaths } from "../../../tools/setup/language-model.ts";
import { withFreePorts } from "./ports.ts";
import { startProcess } from "./processes.ts";

const SERVER = join(import.meta.dirname, "..", "..", "..", "tools", "language-model", "server.ts");

export type LanguageModelServer = {
  /** The section `minutes.llm` of a configuration that asks it. */
  readonly llm: { baseUrl: string; model: string; contextTokens: number; timeoutSeconds: number };
  stop(): Promise<void>;
};

/** A real, small language model on loopback, which writes poorly and slowly. */
export async function startLanguageModel(
  { library, model }: LanguageModelPaths,
  { dir, threads = 2 }: { dir: string; threads?: number },
): Promise<LanguageModelServer> {
  await mkdir(dir, { recursive: true });
  const contextTokens = 4_096;
  return withFreePorts(1, async ([port = 0]) => {
    const url = `http://127.0.0.1:${port}/v1`;
    const files = ["--library", library, "--model", model];
    const sizes = ["--threads", String(threads), "--context", String(contextTokens)];
    const running = await startProcess({
      name: "The language model",
      command: process.execPath,
      args: [SERVER, ...files, ...sizes, "--port", String(port)],
      cwd: dir,
      log: join(dir, "language-model.log"),
      ready: `${url}/models`,
      readyWithin: 300_000, // it reads a gigabyte first
    });
    const llm = { baseUrl: url, model: "qwen2.5-coder-1.5b", contextTokens, timeoutSeconds: 600 };
    return { llm, stop: () => running.stop() };
  });
}
