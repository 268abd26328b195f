import { join } from "node:path";
import { cacheFolder } from "./cache.ts";
import { onPath } from "./command.ts";
import { unpackDebian } from "./debian.ts";
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
  const { folder, libraries } = await unpackDebian({ name, packages, holds: program, remedy: REMEDY }, progress, {
    name,
    doing: `Fetching the proxy ${name} into ${cacheFolder()}`,
    usually: "a few seconds, 10 to 40 MB",
  });
  return { program: join(folder, program), libraries };
}
