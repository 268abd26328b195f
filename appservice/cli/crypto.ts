import { dirname, resolve } from "node:path";
import { knownSecrets } from "../configuration/known-secrets.ts";
import { loadConfig, loadKept } from "../configuration/load-config.ts";
import { encryptionFindings } from "../doctor/checks/encryption.ts";
import { KeyStore } from "../encryption/key-store.ts";
import { holdDatabase } from "../store/database-lock.ts";
import { openDatabase } from "../store/database.ts";
import { giveToOwnerOf } from "../store/owner.ts";
import { recoveredIdentity } from "./crypto-recovery.ts";
import { keepSecret } from "./discreet.ts";
import { printFindings } from "./doctor.ts";

export type CryptoOptions = { readonly config: string };
export type CryptoResetOptions = CryptoOptions & { readonly recovery?: string };

/** Says what the bot's keys are worth, as the doctor does. Ends with 1 where something is to mend. */
export async function cryptoStatus({ config }: CryptoOptions): Promise<void> {
  const loaded = loadConfig(config);
  keepSecret(knownSecrets(loaded));
  const findings = await encryptionFindings(loaded);
  printFindings(findings);
  if (findings.some(({ state }) => state === "problem")) process.exitCode = 1;
}

/**
 * Throws away all the bot's keys; the service must not run. The next start makes a new identity, or goes on with that
 * of a recovery file.
 */
export async function cryptoReset({ config, recovery }: CryptoResetOptions): Promise<void> {
  process.umask(0o077);
  const identity = recovery === undefined ? null : await recoveredIdentity(config, recovery);
  const { database: named, folder } = loadKept(config);
  const database = resolve(folder, named);
  const letGo = holdDatabase(database, 0);
  try {
    const db = openDatabase(database);
    new KeyStore(db).resetTo(identity);
    db.close();
    console.log(
      identity
        ? "The bot has the identity of the recovery file again, and no other keys. The next start goes on with it: whoever had verified the bot sees it as verified. What was written in encrypted rooms and not read before cannot be read any more."
        : "The bot's keys are gone. The next start makes a new identity: whoever had verified the bot is told by their client. What was written in encrypted rooms and not read before cannot be read any more.",
    );
  } finally {
    letGo();
    giveToOwnerOf(dirname(database), database);
  }
}
