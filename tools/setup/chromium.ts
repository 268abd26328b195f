import { logFile } from "./cache.ts";
import { aptInstall, mayUseApt } from "./apt.ts";
import { isExecutable, onPath, SetupProblem } from "./command.ts";
import type { Progress } from "./progress.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
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

  await mayUseApt(progress, "chromium", REMEDY);
  const log = logFile("chromium");
  const job = {
    name: "Chromium",
    doing: "Installing the browser Chromium from the system's packages",
    usually: "about 1 min",
  };
  await progress.during(job, (note) => aptInstall("chromium", { log, note, remedy: REMEDY }));
  const executable = findChromium();
  if (!executable)
    throw new SetupProblem(
      `The package chromium was installed, but brought no program of that name (log: ${log}).`,
      REMEDY,
    );
  return { executable };
}

function findChromium(): string | undefined {
  return NAMES.map(onPath).find((path) => path !== undefined);
}
