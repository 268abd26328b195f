import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { cached, cacheFolder } from "./cache.ts";
import { onPath, run, SetupProblem } from "./command.ts";
import type { Progress } from "./progress.ts";

export type ProxyPaths = {
  readonly program: string;
  /** Folder in which its libraries are looked for, too. */
  readonly libraries: string;
};

/** Debian's packages for each; libraries that nearly every machine has anyway. */
const PROXIES = {
  nginx: { program: "usr/sbin/nginx", packages: ["nginx", "libpcre2-8-0", "libssl3", "zlib1g", "libcrypt1"] },
  caddy: { program: "usr/bin/caddy", packages: ["caddy", "libzstd1"] },
} as const;
export type ProxyProgram = keyof typeof PROXIES;

const REMEDY =
  "look whether apt-get reaches its package server, or put the program on the PATH: the tests of docs/admin.md run it, nothing else does";

/**
 * A real proxy for the tests of the snippets in docs/admin.md: the one on the PATH, else Debian's, unpacked into the
 * cache without installing it.
 */
export async function ensureProxy(name: ProxyProgram, progress: Progress): Promise<ProxyPaths> {
  const present = onPath(name);
  if (present) return { program: present, libraries: "" };
  const { program, packages } = PROXIES[name];
  if (!onPath("apt-get") || !onPath("dpkg-deb"))
    throw new SetupProblem(`There is no ${name} on the PATH, and no apt-get to fetch it with.`, REMEDY);
  const job = {
    name,
    doing: `Fetching the proxy ${name} into ${cacheFolder()}`,
    usually: "a few seconds, 10 to 40 MB",
  };
  const place = await cached(`${name}-debian`, progress, job, async ({ folder, log, note }) => {
    const options = { log, note, remedy: REMEDY, cwd: folder };
    // Ubuntu and later Debians call a library otherwise; where that one is in the system it is not missed.
    for (const each of packages) {
      await run("apt-get", ["download", each], options).catch((error: unknown) => {
        if (each === name) throw error;
      });
    }
    for (const file of globSync("*.deb", { cwd: folder }))
      await run("dpkg-deb", ["-x", join(folder, file), folder], options);
    if (!existsSync(join(folder, program)))
      throw new SetupProblem(`Debian's package ${name} has no ${program}.`, REMEDY);
  });
  return { program: join(place, program), libraries: globSync(join(place, "{usr/,}lib/*-linux-gnu")).join(":") };
}
