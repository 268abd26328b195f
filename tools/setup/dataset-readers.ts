import { join } from "node:path";
import { cached, cacheFolder } from "./cache.ts";
import type { Progress } from "./progress.ts";
import { createEnvironment, pipInstall } from "./python.ts";

const PACKAGES = [
  "datasets==5.2.0",
  "lhotse==1.33.0",
  "meeteval==0.4.3",
  "mlcroissant==1.1.1",
  "pyarrow==26.0.1",
  "soundfile==0.14.0",
  "torch==2.15.0",
  "transformers==5.23.0",
];

/** Programs by which people load sets and train on them, for the long tests; the product does not need them. */
export async function ensureDatasetReaders(progress: Progress): Promise<{ python: string }> {
  const job = {
    name: "Readers of sets",
    doing: `Installing datasets, lhotse, mlcroissant and transformers with PyTorch into ${cacheFolder()}`,
    usually: "about 10 min, 6 GB",
  };
  const place = await cached("dataset-readers-1", progress, job, async ({ folder, ...build }) => {
    await pipInstall(await createEnvironment(folder, build), PACKAGES, build);
  });
  return { python: join(place, "bin", "python") };
}
