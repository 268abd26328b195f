import { join } from "node:path";
import { cached, cacheFolder } from "./cache.ts";
import type { Progress } from "./progress.ts";
import { createEnvironment, pipInstall } from "./python.ts";

const VERSION = "3.9.0";

export type RadicalePaths = {
  /** A Python that has the server: `python -m radicale`. */
  python: string;
};

/**
 * A real CalDAV server to test the export of tasks against; the product does not need it. GPL: a program of its own,
 * never part of it.
 */
export async function ensureRadicale(progress: Progress): Promise<RadicalePaths> {
  const job = {
    name: "Radicale",
    doing: `Installing the calendar server Radicale into ${cacheFolder()}`,
    usually: "about 15 s, 45 MB",
  };
  const place = await cached(`radicale-${VERSION}`, progress, job, async ({ folder, ...build }) => {
    await pipInstall(await createEnvironment(folder, build), [`radicale==${VERSION}`], build);
  });
  return { python: join(place, "bin", "python") };
}
