import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Build, cached, cacheFolder } from "./cache.ts";
import { isExecutable, onPath, run, SetupProblem } from "./command.ts";
import type { Progress } from "./progress.ts";

/** The Go module that pins LiveKit and everything it is made of. */
const MODULE = join(import.meta.dirname, "..", "livekit");
const CALLERS = join(MODULE, "callers");
const PACKAGE = "github.com/livekit/livekit-server";
const OLDEST_GO = 21;
const GET_GO =
  "install Go 1.21 or newer (from https://go.dev/dl if your system's golang-go is older), or put a livekit-server on the PATH, or name one in MINDMINDER_LIVEKIT_SERVER";

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
    build(`${PACKAGE}/cmd/server`, join(into.folder, "livekit-server"), into),
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
    build("./callers", join(into.folder, "callers"), into),
  );
  return { callers: join(place, "callers") };
}

async function build(what: string, to: string, { log, note }: Pick<Build, "log" | "note">): Promise<void> {
  const go = onPath("go");
  if (!go) throw new SetupProblem("There is no go on the PATH.", GET_GO);
  const old = (await run(go, ["version"], { log, env: { GOTOOLCHAIN: "local" }, remedy: GET_GO })).match(/go1\.(\d+)/);
  if (Number(old?.[1]) < OLDEST_GO) throw new SetupProblem(`${go} is Go 1.${old?.[1]}.`, GET_GO);
  await run(go, ["build", "-v", "-buildvcs=false", "-mod=readonly", "-trimpath", "-ldflags=-s -w", "-o", to, what], {
    cwd: MODULE,
    // An older Go fetches the version that the module asks for: Go can do so from 1.21 on.
    env: { GOTOOLCHAIN: "auto", GOFLAGS: "", GOWORK: "off", CGO_ENABLED: "0" },
    log,
    note,
    remedy: `if Go is too old: ${GET_GO}. Otherwise look whether this machine reaches its Go module proxy, then run the command again: what was fetched is kept`,
  });
}

function pinned(): { version: string; hash: string } {
  const module = readFileSync(join(MODULE, "go.mod"), "utf8");
  const sums = readFileSync(join(MODULE, "go.sum"), "utf8");
  const version = module.match(/livekit-server v(\S+)/)?.[1] ?? "of unknown version";
  return { version, hash: createHash("sha256").update(module).update(sums).digest("hex").slice(0, 8) };
}
