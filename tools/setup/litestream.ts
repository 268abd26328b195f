import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cached, cacheFolder } from "./cache.ts";
import { onPath } from "./command.ts";
import { buildByGo, GET_GO } from "./go.ts";
import type { Progress } from "./progress.ts";

/** The Go module that pins Litestream and everything it is made of. */
const MODULE = join(import.meta.dirname, "..", "litestream");

/**
 * Litestream (Apache-2.0), which copies a shard's database to where a standby finds it; a service without a standby
 * does not need it.
 */
export async function ensureLitestream(progress: Progress): Promise<{ litestream: string }> {
  const present = onPath("litestream");
  if (present) return { litestream: present };
  const hash = createHash("sha256");
  for (const file of ["go.mod", "go.sum"]) hash.update(readFileSync(join(MODULE, file)));
  const job = {
    name: "Litestream",
    doing: `Building Litestream from source into ${cacheFolder()}`,
    usually: "two to five minutes the first time",
  };
  const place = await cached(`litestream-${hash.digest("hex").slice(0, 8)}`, progress, job, (into) =>
    buildByGo(
      {
        module: MODULE,
        what: "github.com/benbjohnson/litestream/cmd/litestream",
        to: join(into.folder, "litestream"),
        remedy: `${GET_GO}, or put a litestream on the PATH`,
      },
      into,
    ),
  );
  return { litestream: join(place, "litestream") };
}
