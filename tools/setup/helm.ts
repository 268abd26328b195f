import { join } from "node:path";
import { cached, cacheFolder } from "./cache.ts";
import { onPath, run, SetupProblem } from "./command.ts";
import { GET_GO } from "./go.ts";
import type { Progress } from "./progress.ts";

const VERSION = "4.3.1";

/**
 * Helm, which draws up the chart for Kubernetes: the one on the PATH, else built from its Go module. The product does
 * not need it.
 */
export async function ensureHelm(progress: Progress): Promise<{ helm: string }> {
  const present = onPath("helm");
  if (present) return { helm: present };
  const job = {
    name: "Helm",
    doing: `Building Helm from its Go module into ${cacheFolder()}`,
    usually: "five minutes, 65 MB",
  };
  const place = await cached(`helm-${VERSION}`, progress, job, async ({ folder, log, note }) => {
    const go = onPath("go");
    if (!go) throw new SetupProblem("There is no go on the PATH.", GET_GO);
    await run(go, ["install", "-trimpath", "-ldflags=-s -w", `helm.sh/helm/v4/cmd/helm@v${VERSION}`], {
      env: { GOBIN: folder, GOTOOLCHAIN: "auto", GOFLAGS: "", GOWORK: "off", CGO_ENABLED: "0" },
      log,
      note,
      remedy: `if Go is too old: ${GET_GO}. Otherwise look whether this machine reaches its Go module proxy`,
    });
  });
  return { helm: join(place, "helm") };
}
