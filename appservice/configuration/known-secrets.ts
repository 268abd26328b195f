import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { LoadedConfig } from "./load-config.ts";

/** Shorter ones would hide words that are no secret. */
const SHORTEST = 6;
const NAMED = /(?:secret|token|password|key)$/i;
const FILE_NAMED = /(?:secret|token|password|key)File$/i;

/**
 * Every secret that the configuration and the registration hold or name: none of them belongs into a log, in whatever
 * words.
 */
export function knownSecrets({
  config,
  registration,
  experiments,
  folder,
}: Omit<LoadedConfig, "experiments"> & Partial<LoadedConfig>): string[] {
  const found = [
    registration.as_token,
    registration.hs_token,
    ...secretsIn(config, folder),
    ...secretsIn(experiments, folder),
  ];
  // Secrets also as they stand in a line that is JSON, and in an address. The longest first, since one may be a part of
  // another.
  const written = found
    .filter(({ length }) => length >= SHORTEST)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), ...encoded(secret)]);
  return [...new Set(written)].sort((one, other) => other.length - one.length);
}

/** Forms of a secret in base64, wherever in a longer text it begins, and in hexadecimal numbers. */
function encoded(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].flatMap((before) => {
    // The first and the last letters hold bits of what stands beside it.
    const [from, to] = [Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6)];
    const padded = Buffer.concat([Buffer.alloc(before), bytes]);
    return [padded.toString("base64").slice(from, to), padded.toString("base64url").slice(from, to)];
  });
  return [...base64, bytes.toString("hex")];
}

function secretsIn(value: unknown, folder: string): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    if (typeof inner !== "string") return secretsIn(inner, folder);
    if (NAMED.test(key)) return [inner];
    return FILE_NAMED.test(key) ? contentOf(resolve(folder, inner)) : [];
  });
}

/** Content of a file; nothing where it cannot be read, which the part that needs the file reports. */
function contentOf(path: string): string[] {
  try {
    return [readFileSync(path, "utf8").trim()];
  } catch {
    return [];
  }
}
