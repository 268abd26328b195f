import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cached, cacheFolder } from "./cache.ts";
import { isExecutable, onPath, SetupProblem } from "./command.ts";
import { buildByGo, GET_GO } from "./go.ts";
import type { Progress } from "./progress.ts";

/** The Go module that pins LiveKit and everything it is made of. */
const MODULE = join(import.meta.dirname, "..", "livekit");
const CALLERS = join(MODULE, "callers");
const PACKAGE = "github.com/livekit/livekit-server";
const REMEDY = `${GET_GO}, or put a livekit-server on the PATH, or name one in MINDMINDER_LIVEKIT_SERVER`;

export type LiveKitPaths = {
  /** The livekit-server program. */
  server: string;
};

/** LiveKit's server: the one named or on the PATH, else built from source into the cache. */
export async function ensureLiveKit(progress: Progress): Promise<LiveKitPaths> {
  const named = process.env.MINDMINDER_LIVEKIT_SERVER;
  if (named && !isExecutable(named)) {
    throw new SetupProblem(
      `MINDMINDER_LIVEKIT_SERVER names ${named}, which cannot be run.`,
      "name a livekit-server, or leave the variable out: then it is built for you",
    );
  }
  const present = named || onPath("livekit-server");
  if (present) return { server: present };

  const { version, hash } = pinned();
  const job = {
    name: "LiveKit",
    doing: `Building the media server LiveKit ${version} from source into ${cacheFolder()}`,
    usually: "about 5 min the first time, and 1 GB in Go's own caches",
  };
  const place = await cached(`livekit-${version}-${hash}`, progress, job, (into) =>
    buildByGo(
      { module: MODULE, what: `${PACKAGE}/cmd/server`, to: join(into.folder, "livekit-server"), remedy: REMEDY },
      into,
    ),
  );
  return { server: join(place, "livekit-server") };
}

/** Light callers of LiveKit, for the bench under load alone; built from the sources beside LiveKit's pinned module. */
export async function ensureCallers(progress: Progress): Promise<{ callers: string }> {
  const hash = createHash("sha256").update(pinned().hash);
  for (const file of readdirSync(CALLERS).sort()) hash.update(readFileSync(join(CALLERS, file)));
  const job = {
    name: "Callers",
    doing: `Building light LiveKit clients from source into ${cacheFolder()}`,
    usually: "about a minute once LiveKit is built",
  };
  const place = await cached(`callers-${hash.digest("hex").slice(0, 8)}`, progress, job, (into) =>
    buildByGo({ module: MODULE, what: "./callers", to: join(into.folder, "callers"), remedy: REMEDY }, into),
  );
  return { callers: join(place, "callers") };
}

function pinned(): { version: string; hash: string } {
  const module = readFileSync(join(MODULE, "go.mod"), "utf8");
  const sums = readFileSync(join(MODULE, "go.sum"), "utf8");
  const version = module.match(/livekit-server v(\S+)/)?.[1] ?? "of unknown version";
  return { version, hash: createHash("sha256").update(module).update(sums).digest("hex").slice(0, 8) };
}
