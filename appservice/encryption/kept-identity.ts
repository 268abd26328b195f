import { existsSync } from "node:fs";
import Database from "better-sqlite3";
import { AtRest } from "./at-rest.ts";
import { IdentitySecrets, masterKeyOf, PLACE_OF_IDENTITY } from "./identity-secrets.ts";

/**
 * Facts about the kept keys for the admin. `fingerprint`: the public master key; `sleepers` and `roomKeys`: how many
 * there are.
 */
export type KeptIdentity = { readonly fingerprint: string; readonly sleepers: number; readonly roomKeys: number };

/**
 * Looks into the database, beside a running service too; null where the bot has no identity yet. Throws
 * `KeysUnreadable` where the secret is another's.
 */
export function keptIdentity(databaseFile: string, secret: string): KeptIdentity | null {
  return withIdentity(databaseFile, secret, (identity, db) => {
    const count = (table: string) =>
      (db.prepare(`SELECT COUNT(*) AS many FROM ${table}`).get() as { many: number }).many;
    return {
      fingerprint: masterKeyOf(identity),
      sleepers: count("crypto_sleepers"),
      roomKeys: count("crypto_room_keys"),
    };
  });
}

/** The private parts of the identity, for the recovery file; else as `keptIdentity`. */
export function keptSecrets(databaseFile: string, secret: string): IdentitySecrets | null {
  return withIdentity(databaseFile, secret, (identity) => IdentitySecrets.parse(JSON.parse(identity)));
}

function withIdentity<Found>(
  databaseFile: string,
  secret: string,
  read: (identity: string, db: Database.Database) => Found,
): Found | null {
  if (!existsSync(databaseFile)) return null;
  const db = new Database(databaseFile, { readonly: true });
  try {
    const has = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'crypto_secrets'").get();
    const row = has && db.prepare("SELECT sealed FROM crypto_secrets WHERE name = 'identity'").get();
    if (!row) return null;
    const { sealed } = row as { sealed: Uint8Array };
    return read(new AtRest(secret).open(sealed, PLACE_OF_IDENTITY), db);
  } finally {
    db.close();
  }
}
