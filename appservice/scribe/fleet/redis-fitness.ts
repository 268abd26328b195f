/** Reason why a fleet cannot rely on a Redis, for its admin. */
export type RedisFinding = { readonly what: string; readonly remedy: string };

const OLDEST = [6, 2] as const;
/** Part of its memory from which on Redis is as good as full. */
const FULL = 0.9;

/** Looks whether a Redis can carry a fleet, by its answer to INFO. */
export function redisFindings(info: string): RedisFinding[] {
  const fact = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, "m").exec(info)?.[1] ?? "";
  const version = fact("redis_version");
  const policy = fact("maxmemory_policy");
  const [used, most] = [Number(fact("used_memory")), Number(fact("maxmemory"))];
  return [
    ...(isOlder(version)
      ? [
          {
            what: `Redis is of version ${version || "unknown"}, and ${OLDEST.join(".")} is needed.`,
            remedy: "Install a newer one.",
          },
        ]
      : []),
    ...(policy === "noeviction"
      ? []
      : [
          {
            what: `Redis throws keys away when its memory is short (maxmemory-policy ${policy}), pieces of speech among them.`,
            remedy: "Set maxmemory-policy noeviction in its configuration.",
          },
        ]),
    ...(most > 0 && used >= FULL * most
      ? [
          {
            what: `Redis is full: ${megabytes(used)} of ${megabytes(most)} MB. It takes no speech, which waits on the disk.`,
            remedy: "Raise its maxmemory, see what else lies in it, or start more workers.",
          },
        ]
      : []),
  ];
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return !(major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]));
}

const megabytes = (bytes: number) => Math.round(bytes / 1e6);
