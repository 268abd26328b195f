import { join } from "node:path";
import { cached, cacheFolder } from "./cache.ts";
import type { Progress } from "./progress.ts";
import { createEnvironment, pipInstall } from "./python.ts";

const VERSION = "2.6.0";

export type RoundupPaths = {
  /** A Python that has the tracker. */
  python: string;
};

/** A real open tracker to test the export of tasks against; the product does not need it. */
export async function ensureRoundup(progress: Progress): Promise<RoundupPaths> {
  const job = {
    name: "Roundup",
    doing: `Installing the tracker Roundup into ${cacheFolder()}`,
    usually: "about 10 s, 35 MB",
  };
  const place = await cached(`roundup-${VERSION}`, progress, job, async ({ folder, ...build }) => {
    await pipInstall(await createEnvironment(folder, build), [`roundup==${VERSION}`], build);
  });
  return { python: join(place, "bin", "python") };
}
