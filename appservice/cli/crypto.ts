import { dirname, resolve } from "node:path";
import { knownSecrets } from "../configuration/known-secrets.ts";
import { loadConfig, loadKept } from "../configuration/load-config.ts";
import { encryptionFindings } from "../doctor/checks/encryption.ts";
import { KeyStore } from "../encryption/key-store.ts";
import { holdDatabase } from "../store/database-lock.ts";
import { openDatabase } from "../store/database.ts";
import { giveToOwnerOf } from "../store/owner.ts";
import { keepSecret } from "./discreet.ts";
import { printFindings } from "./doctor.ts";

export type CryptoOptions = { readonly config: string };

/** Says what the bot's keys are worth, as the doctor does. Ends with 1 where something is to mend. */
export async function cryptoStatus({ config }: CryptoOptions): Promise<void> {
  const loaded = loadConfig(config);
  keepSecret(knownSecrets(loaded));
  const findings = await encryptionFindings(loaded);
  printFindings(findings);
  if (findings.some(({ state }) => state === "problem")) process.exitCode = 1;
}

/** Throws away all the bot's keys, with a new identity at the next start; the service must not run. */
export function cryptoReset({ config }: CryptoOptions): void {
  process.umask(0o077);
  const { database: named, folder } = loadKept(config);
  const database = resolve(folder, named);
  const letGo = holdDatabase(database, 0);
  try {
    const db = openDatabase(database);
    new KeyStore(db).forgetAll();
    db.close();
    console.log(
      "The bot's keys are gone. The next start makes a new identity: whoever had verified the bot is told by their client. What was written in encrypted rooms and not read before cannot be read any more.",
    );
  } finally {
    letGo();
    giveToOwnerOf(dirname(database), database);
  }
}
