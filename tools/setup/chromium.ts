import { existsSync } from "node:fs";
import { logFile } from "./cache.ts";
import { aptInstall, mayUseApt } from "./apt.ts";
import { isExecutable, onPath, SetupProblem } from "./command.ts";
import type { Progress } from "./progress.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const SHELL = "chromium-headless-shell";
const REMEDY =
  "install Chromium or Chrome yourself (apt-get install chromium), or name its program in MINDMINDER_CHROMIUM";

export type ChromiumPaths = {
  executable: string;
};

/** A browser of the Chromium family: the one named or on the PATH, else the system's package. */
export async function ensureChromium(progress: Progress): Promise<ChromiumPaths> {
  const named = process.env.MINDMINDER_CHROMIUM;
  if (named && !isExecutable(named))
    throw new SetupProblem(`MINDMINDER_CHROMIUM names ${named}, which cannot be run.`, REMEDY);
  const present = named || findChromium();
  if (present) return { executable: present };

  const log = await install("chromium", progress);
  const executable = findChromium();
  if (!executable)
    throw new SetupProblem(
      `The package chromium was installed, but brought no program of that name (log: ${log}).`,
      REMEDY,
    );
  return { executable };
}

/**
 * The same engine without a browser's windows, where Debian has it or root may install it without being asked: a page
 * of its own takes a fifth of the processor's time there. Else the whole browser.
 */
export async function ensureHeadlessShell(progress: Progress): Promise<ChromiumPaths> {
  const whole = await ensureChromium(progress);
  if (process.env.MINDMINDER_CHROMIUM) return whole;
  if (!onPath(SHELL) && process.getuid?.() === 0 && existsSync("/etc/debian_version"))
    // Ubuntu has no such package.
    await install(SHELL, progress).catch(() => progress.say(`There is no package ${SHELL}: ${whole.executable} does.`));
  const executable = onPath(SHELL);
  return executable ? { executable } : whole;
}

/** Answers with the log of it. */
async function install(name: string, progress: Progress): Promise<string> {
  await mayUseApt(progress, name, REMEDY);
  const log = logFile(name);
  const job = {
    name: "Chromium",
    doing: `Installing ${name} from the system's packages`,
    usually: "about 1 min",
  };
  await progress.during(job, (note) => aptInstall(name, { log, note, remedy: REMEDY }));
  return log;
}

function findChromium(): string | undefined {
  return NAMES.map(onPath).find((path) => path !== undefined);
}
