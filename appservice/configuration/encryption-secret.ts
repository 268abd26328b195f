import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { LoadedConfig } from "./load-config.ts";

/** Secret of the key file, which opens the bot's keys in the database; null where no key file is named. */
export function encryptionSecret({ config, folder }: Pick<LoadedConfig, "config" | "folder">): string | null {
  const { keyFile } = config.encryption;
  return keyFile === undefined ? null : readFileSync(resolve(folder, keyFile), "utf8").trim();
}
