import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { knownSecrets } from "../configuration/known-secrets.ts";
import { type LoadedConfig, loadConfig } from "../configuration/load-config.ts";
import { botIdOf } from "../configuration/registration.ts";
import { AtRest } from "../encryption/at-rest.ts";
import { PLACE_OF_IDENTITY } from "../encryption/identity-secrets.ts";
import { keptSecrets } from "../encryption/kept-identity.ts";
import { formatRecovery, newPassphrase, parseRecovery } from "../encryption/recovery.ts";
import { AdminError } from "../protocol/mindminder-error.ts";
import { keepSecret } from "./discreet.ts";
import { encryptionSecret } from "../configuration/encryption-secret.ts";

export type CryptoRecoveryOptions = { readonly config: string; readonly out: string };

/** Writes the bot's identity into a file under a fresh passphrase, which is shown this once; the service may run. */
export function cryptoRecovery({ config, out }: CryptoRecoveryOptions): void {
  const loaded = loadConfig(config);
  keepSecret(knownSecrets(loaded));
  const identity = keptSecrets(resolve(loaded.folder, loaded.config.database), secretOf(loaded));
  if (!identity)
    throw new AdminError(
      "RECOVERY_UNUSABLE",
      "The bot has no identity yet. Start the service: its first start makes it.",
    );
  const file = resolve(out);
  if (existsSync(file))
    throw new AdminError("RECOVERY_UNUSABLE", `${file} is there already. Use another name with --out.`);
  const passphrase = newPassphrase();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, formatRecovery(identity, botOf(loaded), passphrase), { mode: 0o600 });
  console.log(`Wrote ${file}. Its passphrase, which is shown this once:

  ${passphrase}

Keep the two apart, and both away from this machine. By them “mindminder crypto reset --recovery FILE” gives the bot its identity back.`);
}

/** Reads a recovery file, by a passphrase from the standard input; the identity as it lies in the database. */
export async function recoveredIdentity(config: string, file: string): Promise<Uint8Array> {
  const loaded = loadConfig(config);
  keepSecret(knownSecrets(loaded));
  const text = readFileSync(resolve(file), "utf8");
  const identity = parseRecovery(text, botOf(loaded), await askForPassphrase());
  return new AtRest(secretOf(loaded)).seal(JSON.stringify(identity), PLACE_OF_IDENTITY);
}

async function askForPassphrase(): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  process.stderr.write("Passphrase: ");
  try {
    for await (const line of lines) return line;
    return "";
  } finally {
    lines.close();
  }
}

function secretOf(loaded: LoadedConfig): string {
  const secret = encryptionSecret(loaded);
  if (secret === null)
    throw new AdminError(
      "RECOVERY_UNUSABLE",
      "The configuration names no key file. “mindminder crypto key” makes one; name it as encryption.keyFile.",
    );
  return secret;
}

function botOf({ config, registration }: LoadedConfig): string {
  return botIdOf(registration, config.homeserver.serverName);
}
