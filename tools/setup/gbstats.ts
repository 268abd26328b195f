import { join } from "node:path";
import { cached, cacheFolder } from "./cache.ts";
import type { Progress } from "./progress.ts";
import { createEnvironment, pipInstall } from "./python.ts";

const VERSION = "0.8.0";

export type GbstatsPaths = {
  /** A Python that has gbstats. */
  python: string;
};

/** GrowthBook's statistics, by which ours are judged in the long tests; the product does not need it. */
export async function ensureGbstats(progress: Progress): Promise<GbstatsPaths> {
  const job = {
    name: "gbstats",
    doing: `Installing gbstats, GrowthBook's statistics, into ${cacheFolder()}`,
    usually: "about a minute, 250 MB",
  };
  const place = await cached(`gbstats-${VERSION}`, progress, job, async ({ folder, ...build }) => {
    await pipInstall(await createEnvironment(folder, build), [`gbstats==${VERSION}`], build);
  });
  return { python: join(place, "bin", "python") };
}
