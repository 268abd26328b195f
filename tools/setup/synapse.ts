import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { cached, cacheFolder, logFile } from "./cache.ts";
import { isExecutable, onPath, run, SetupProblem } from "./command.ts";
import type { Progress } from "./progress.ts";
import { createEnvironment, pipInstall } from "./python.ts";

const VERSION = "1.163.2";

export type SynapsePaths = {
  /** A Python that has Synapse: `python -m synapse.app.homeserver`. */
  python: string;
};

/** The homeserver: the one named or installed on this machine, else its own Python environment in the cache. */
export async function ensureSynapse(progress: Progress): Promise<SynapsePaths> {
  const named = process.env.MINDMINDER_SYNAPSE_PYTHON;
  if (named) return { python: await withSynapse(named) };
  const installed = await pythonOfInstalledSynapse();
  if (installed) return { python: installed };

  const job = {
    name: "Synapse",
    doing: `Installing the homeserver Synapse ${VERSION} into a Python environment in ${cacheFolder()}`,
    usually: "about 40 s, 240 MB",
  };
  const place = await cached(`synapse-${VERSION}`, progress, job, async ({ folder, ...build }) => {
    const python = await createEnvironment(folder, build);
    await pipInstall(python, [`matrix-synapse==${VERSION}`], build);
  });
  return { python: join(place, "bin", "python") };
}

async function withSynapse(python: string): Promise<string> {
  const remedy =
    "name a Python that has Synapse in MINDMINDER_SYNAPSE_PYTHON, or leave the variable out: then Synapse is installed for you";
  if (!isExecutable(python))
    throw new SetupProblem(`MINDMINDER_SYNAPSE_PYTHON names ${python}, which cannot be run.`, remedy);
  await run(python, ["-c", "import synapse"], { log: logFile("synapse"), remedy });
  return python;
}

/** Packages of Synapse put this command on the PATH; its first line names the Python that has Synapse. */
async function pythonOfInstalledSynapse(): Promise<string | undefined> {
  const command = onPath("synapse_homeserver");
  if (!command) return undefined;
  const [firstLine = ""] = (await readFile(command, "utf8")).split("\n", 1);
  const python = firstLine.replace(/^#!\s*/, "").trim();
  return isExecutable(python) ? python : undefined;
}
