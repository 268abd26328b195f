import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { quiet } from "../../../tools/setup/progress.ts";
import { ensureTranscriptionServer } from "../../../tools/setup/transcription-server.ts";
import { withFreePorts } from "./ports.ts";
import { startProcess } from "./processes.ts";

export type TranscriptionServer = {
  /** The base URL, as OpenAI's clients call it: http://…/v1. */
  readonly baseUrl: string;
  /** The only model it has. */
  readonly model: string;
  readonly pid: number;
  readonly log: string;
  stop(): Promise<void>;
  kill(): Promise<void>;
  /** Again on the same port, after it was killed. */
  restart(): Promise<void>;
};

/**
 * A real server of `/v1/audio/transcriptions` on loopback, with Whisper base. Its answers are `json` or `verbose_json`.
 */
export async function startTranscriptionServer({ dir }: { dir: string }): Promise<TranscriptionServer> {
  const { python, model } = await ensureTranscriptionServer(quiet);
  await mkdir(dir, { recursive: true });
  const config = join(dir, "models.yaml");
  // The server looks for the model's name in a field that OpenAI's clients do not send, and falls back to this one.
  const name = "whisper-1";
  await writeFile(
    config,
    stringify({
      models: [{ name, path: model, model_options: { device: "cpu", compute_type: "int8", cpu_threads: 2 } }],
    }),
  );

  return withFreePorts(1, async ([port = 0]) => {
    const url = `http://127.0.0.1:${port}`;
    const start = () =>
      startProcess({
        name: "The transcription server",
        command: python,
        args: ["-m", "faster_whisper_server", "--config", config, "--host", "127.0.0.1", "--port", String(port)],
        cwd: dir,
        // Its libraries would otherwise ask their hub about the model.
        env: { ...process.env, HF_HUB_OFFLINE: "1" },
        log: join(dir, "transcription-server.log"),
        ready: `${url}/health`,
      });
    let running = await start();
    return {
      baseUrl: `${url}/v1`,
      model: name,
      pid: running.pid,
      log: running.log,
      stop: () => running.stop(),
      kill: () => running.kill(),
      restart: async () => {
        running = await start();
      },
    };
  });
}
