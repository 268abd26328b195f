import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Build, cached, cacheFolder } from "./cache.ts";
import { onPath, run, SetupProblem } from "./command.ts";
import type { Progress } from "./progress.ts";

const OLDEST_GO = 21;
export const GET_GO = "install Go 1.21 or newer (from https://go.dev/dl if your system's golang-go is older)";

type GoBuild = {
  /** Folder of the module that pins what is built. */
  readonly module: string;
  /** Package, as `go build` takes it. */
  readonly what: string;
  readonly to: string;
  /** Remedy where there is no Go, or one that is too old. */
  readonly remedy: string;
};

export async function buildByGo(
  { module, what, to, remedy }: GoBuild,
  { log, note }: Pick<Build, "log" | "note">,
): Promise<void> {
  const go = onPath("go");
  if (!go) throw new SetupProblem("There is no go on the PATH.", remedy);
  const old = (await run(go, ["version"], { log, env: { GOTOOLCHAIN: "local" }, remedy })).match(/go1\.(\d+)/);
  if (Number(old?.[1]) < OLDEST_GO) throw new SetupProblem(`${go} is Go 1.${old?.[1]}.`, remedy);
  await run(go, ["build", "-v", "-buildvcs=false", "-mod=readonly", "-trimpath", "-ldflags=-s -w", "-o", to, what], {
    cwd: module,
    // An older Go fetches the version that the module asks for: Go can do so from 1.21 on.
    env: { GOTOOLCHAIN: "auto", GOFLAGS: "", GOWORK: "off", CGO_ENABLED: "0" },
    log,
    note,
    remedy: `if Go is too old: ${remedy}. Otherwise look whether this machine reaches its Go module proxy, then run the command again: what was fetched is kept`,
  });
}

/** The program that a folder beside this one is the Go module of, built from its sources into the cache. */
export async function ensureGoProgram(name: string, about: string, progress: Progress): Promise<{ program: string }> {
  const module = join(import.meta.dirname, "..", name);
  const hash = createHash("sha256");
  for (const file of globSync("**/*.{go,mod,sum}", { cwd: module }).sort())
    hash.update(readFileSync(join(module, file)));
  const job = { name: about, doing: `Building ${name} from source into ${cacheFolder()}`, usually: "under a minute" };
  const place = await cached(`${name}-${hash.digest("hex").slice(0, 8)}`, progress, job, ({ folder, ...into }) =>
    buildByGo({ module, what: ".", to: join(folder, name), remedy: GET_GO }, into),
  );
  return { program: join(place, name) };
}
