import { existsSync } from "node:fs";
import Database from "better-sqlite3";
import { AtRest } from "./at-rest.ts";
import { masterKeyOf, PLACE_OF_IDENTITY } from "./identity-secrets.ts";

/** Facts about the kept keys for the admin. `fingerprint`: the public master key; `sleepers` and `roomKeys`: how many there are. */
export type KeptIdentity = { readonly fingerprint: string; readonly sleepers: number; readonly roomKeys: number };

/**
 * Looks into the database, beside a running service too; null where the bot has no identity yet. Throws `KeysUnreadable` where the
 * secret is another's.
 */
export function keptIdentity(databaseFile: string, secret: string): KeptIdentity | null {
  if (!existsSync(databaseFile)) return null;
  const db = new Database(databaseFile, { readonly: true });
  try {
    const has = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'crypto_secrets'").get();
    const row = has && db.prepare("SELECT sealed FROM crypto_secrets WHERE name = 'identity'").get();
    if (!row) return null;
    const { sealed } = row as { sealed: Uint8Array };
    const count = (table: string) =>
      (db.prepare(`SELECT COUNT(*) AS many FROM ${table}`).get() as { many: number }).many;
    return {
      fingerprint: masterKeyOf(new AtRest(secret).open(sealed, PLACE_OF_IDENTITY)),
      sleepers: count("crypto_sleepers"),
      roomKeys: count("crypto_room_keys"),
    };
  } finally {
    db.close();
  }
}
