import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cached, cacheFolder } from "./cache.ts";
import { onPath } from "./command.ts";
import { buildByGo, GET_GO } from "./go.ts";
import type { Progress } from "./progress.ts";

/** The Go module that pins the server and everything it is made of. */
const MODULE = join(import.meta.dirname, "..", "versitygw");

/** A real S3 server over a folder (Apache-2.0), against which sets are tested; the product does not need it. */
export async function ensureVersitygw(progress: Progress): Promise<{ server: string }> {
  const present = onPath("versitygw");
  if (present) return { server: present };
  const hash = createHash("sha256");
  for (const file of ["go.mod", "go.sum"]) hash.update(readFileSync(join(MODULE, file)));
  const job = {
    name: "versitygw",
    doing: `Building the S3 server versitygw from source into ${cacheFolder()}`,
    usually: "about 3 min the first time",
  };
  const place = await cached(`versitygw-${hash.digest("hex").slice(0, 8)}`, progress, job, (into) =>
    buildByGo(
      {
        module: MODULE,
        what: "github.com/versity/versitygw/cmd/versitygw",
        to: join(into.folder, "versitygw"),
        remedy: `${GET_GO}, or put a versitygw on the PATH`,
      },
      into,
    ),
  );
  return { server: join(place, "versitygw") };
}
