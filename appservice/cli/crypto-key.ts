import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { BadFiles } from "../configuration/problems.ts";
import { randomBytes } from "../time/chance.ts";

export type CryptoKeyOptions = { readonly out: string };

const SECRET_BYTES = 32;

/**
 * Writes a fresh key file, readable for its owner alone, and says what to do with it. One that is there is never
 * replaced.
 */
export function cryptoKey({ out }: CryptoKeyOptions): void {
  const file = resolve(out);
  if (existsSync(file))
    throw new BadFiles([
      {
        file,
        key: "",
        problem: "it is there already.",
        remedy: "Keep it: the bot's keys in the database cannot be read without it. Use another name with --out.",
      },
    ]);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${randomBytes(SECRET_BYTES).toString("hex")}\n`, { mode: 0o600 });
  console.log(`Wrote ${file}. Keep a copy of it apart from the backups of the database, which are of no use without it.
Mindminder's configuration names it, by a path that counts from its own folder:
encryption:
  keyFile: ${file}`);
}
