import { join } from "node:path";
import { cached, cacheFolder } from "./cache.ts";
import type { Progress } from "./progress.ts";
import { createEnvironment, pipInstall } from "./python.ts";

const VERSION = "1.37.0";

/** Kubernetes' own schemas, by which what the chart draws up is judged; the product does not need it. */
export async function ensureKubernetesValidate(progress: Progress): Promise<{ python: string }> {
  const job = {
    name: "kubernetes-validate",
    doing: `Installing Kubernetes' schemas into ${cacheFolder()}`,
    usually: "about 20 s, 100 MB",
  };
  const place = await cached(`kubernetes-validate-${VERSION}`, progress, job, async ({ folder, ...build }) => {
    await pipInstall(await createEnvironment(folder, build), [`kubernetes-validate==${VERSION}`], build);
  });
  return { python: join(place, "bin", "python") };
}
