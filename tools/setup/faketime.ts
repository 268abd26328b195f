import { globSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "./cache.ts";
import { unpackDebian } from "./debian.ts";
import type { Progress } from "./progress.ts";

const LIBRARY = "usr/lib/*/faketime/libfaketime.so.1";
const REMEDY =
  "look whether apt-get reaches its package server: the tests that set a clock wrong need it, nothing else does";

/** A library that gives one program a clock of its own: Debian's libfaketime, unpacked without installing it. */
export async function ensureFaketime(progress: Progress): Promise<{ library: string }> {
  const wanted = { name: "libfaketime", packages: ["libfaketime"], holds: LIBRARY, remedy: REMEDY };
  const { folder } = await unpackDebian(wanted, progress, {
    name: "libfaketime",
    doing: `Fetching libfaketime into ${cacheFolder()}`,
    usually: "a few seconds, under 1 MB",
  });
  const [library] = globSync(join(folder, LIBRARY));
  if (library === undefined) throw new Error("libfaketime is not where it was unpacked");
  return { library };
}
