import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { aptInstall, mayUseApt } from "./apt.ts";
import { onPath, run, SetupProblem } from "./command.ts";
import type { Build } from "./cache.ts";

type Surroundings = Omit<Build, "folder">;

const OLDEST = [3, 10] as const;
const GET_PYTHON = "install Python 3.10 or newer with its venv module: apt-get install python3 python3-venv";

/**
 * A Python environment in `folder`, with pip; gives its interpreter. Environments are used by `bin/python -m …` alone:
 * the scripts in `bin/` name the folder they were made in, and ours are moved afterwards.
 */
export async function createEnvironment(folder: string, build: Surroundings): Promise<string> {
  const system = await systemPython(build.log);
  const python = join(folder, "bin", "python");
  for (const way of [byVenv, byVirtualenv, byVenvFromApt]) {
    await rm(folder, { recursive: true, force: true });
    await way(system, folder, build).catch((error: unknown) => {
      if (way === byVenvFromApt) throw error;
    });
    if (existsSync(python) && (await hasPip(python, build.log))) return python;
  }
  throw new SetupProblem(`Could not make a Python environment (log: ${build.log}).`, GET_PYTHON);
}

export async function pipInstall(python: string, packages: string[], build: Surroundings): Promise<void> {
  const args = [
    "-m",
    "pip",
    "install",
    "--disable-pip-version-check",
    "--no-input",
    "--progress-bar",
    "off",
    "--prefer-binary",
    ...packages,
  ];
  await run(python, args, {
    ...build,
    remedy: "look whether this machine reaches its Python package index, then run the command again",
  });
}

type Way = (system: string, folder: string, build: Surroundings) => Promise<unknown>;

const byVenv: Way = (system, folder, build) => run(system, ["-m", "venv", folder], { ...build, remedy: GET_PYTHON });

/** Debian keeps the half of venv that brings pip in a package of its own; with pip there, virtualenv does the same. */
const byVirtualenv: Way = async (system, folder, build) => {
  const home = `${folder}-virtualenv`;
  try {
    await run(system, ["-m", "pip", "install", "--no-input", "--target", home, "virtualenv"], {
      ...build,
      remedy: GET_PYTHON,
    });
    await run(system, ["-m", "virtualenv", folder], { ...build, env: { PYTHONPATH: home }, remedy: GET_PYTHON });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
};

const byVenvFromApt: Way = async (system, folder, build) => {
  await mayUseApt(build.progress, "python3-venv", GET_PYTHON);
  await aptInstall("python3-venv", { ...build, remedy: GET_PYTHON });
  await byVenv(system, folder, build);
};

async function systemPython(log: string): Promise<string> {
  const python = onPath("python3");
  if (!python) throw new SetupProblem("There is no python3 on the PATH.", GET_PYTHON);
  const version = (
    await run(python, ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"], { log, remedy: GET_PYTHON })
  ).trim();
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]))
    throw new SetupProblem(`${python} is Python ${version}.`, GET_PYTHON);
  return python;
}

function hasPip(python: string, log: string): Promise<boolean> {
  return run(python, ["-m", "pip", "--version"], { log, remedy: GET_PYTHON }).then(
    () => true,
    () => false,
  );
}
