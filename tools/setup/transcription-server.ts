import { join } from "node:path";
import { cached, cacheFolder } from "./cache.ts";
import type { Progress } from "./progress.ts";
import { createEnvironment, pipInstall } from "./python.ts";
import { fetchWhisperWeights } from "./whisper-weights.ts";

const VERSION = "0.0.3";

export type TranscriptionServerPaths = {
  /** A Python that has the server: `python -m faster_whisper_server`. */
  python: string;
  /** Whisper base in the form it wants. */
  model: string;
};

/** A real server of OpenAI's way to transcribe, to test against; the product does not need it. */
export async function ensureTranscriptionServer(progress: Progress): Promise<TranscriptionServerPaths> {
  const job = {
    name: "Transcription server",
    doing: `Installing an OpenAI-compatible transcription server into ${cacheFolder()}`,
    usually: "about 1 min, 650 MB",
  };
  const place = await cached(`transcription-server-${VERSION}`, progress, job, async ({ folder, ...build }) => {
    const python = await createEnvironment(folder, build);
    const model = join(folder, "model");
    await fetchWhisperWeights(python, model, build);
    await pipInstall(python, [`faster-whisper-server==${VERSION}`], build);
  });
  return { python: join(place, "bin", "python"), model: join(place, "model") };
}
