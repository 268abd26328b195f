import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { cached } from "./cache.ts";
import { onPath, run, SetupProblem } from "./command.ts";
import type { Job, Progress } from "./progress.ts";

type DebianPackages = {
  /** The package that is wanted; among `packages`, whose others are libraries that nearly every machine has anyway. */
  readonly name: string;
  readonly packages: readonly string[];
  /** File in it that must be there, by its path from the root; may be a pattern. */
  readonly holds: string;
  readonly remedy: string;
};

/** Debian's or Ubuntu's packages, unpacked into the cache without installing them. */
export async function unpackDebian(
  { name, packages, holds, remedy }: DebianPackages,
  progress: Progress,
  job: Job,
): Promise<{ folder: string; libraries: string }> {
  if (!onPath("apt-get") || !onPath("dpkg-deb"))
    throw new SetupProblem(`There is no ${name} on the PATH, and no apt-get to fetch it with.`, remedy);
  const place = await cached(`${name}-debian`, progress, job, async ({ folder, log, note }) => {
    const options = { log, note, remedy, cwd: folder };
    // Ubuntu and later Debians call a library otherwise; where that one is in the system it is not missed.
    for (const each of packages) {
      await run("apt-get", ["download", each], options).catch((error: unknown) => {
        if (each === name) throw error;
      });
    }
    for (const file of globSync("*.deb", { cwd: folder }))
      await run("dpkg-deb", ["-x", join(folder, file), folder], options);
    if (!existsSync(join(folder, holds)) && globSync(holds, { cwd: folder }).length === 0)
      throw new SetupProblem(`Debian's package ${name} has no ${holds}.`, remedy);
  });
  return { folder: place, libraries: globSync(join(place, "{usr/,}lib/*-linux-gnu")).join(":") };
}
