import type { Command } from "commander";
import type { CryptoOptions, CryptoResetOptions } from "../crypto.ts";
import type { CryptoKeyOptions } from "../crypto-key.ts";
import type { CryptoRecoveryOptions } from "../crypto-recovery.ts";
import { CONFIG } from "./config-option.ts";

/** Commands for the bot's keys. Each loads what it needs, and no more: the whole service takes a second to load. */
export function addCryptoCommands(program: Command): void {
  const crypto = program.command("crypto").description("the bot's keys for encrypted rooms");

  crypto
    .command("key")
    .description("make the key file, by which the bot's keys are encrypted in the database")
    .option("-o, --out <file>", "where to write it", "config/encryption-key")
    .action(async (options: CryptoKeyOptions) => (await import("../crypto-key.ts")).cryptoKey(options));

  crypto
    .command("status")
    .description("say whether the key file fits, and what others see of the bot's identity and devices")
    .option(...CONFIG)
    .action(async (options: CryptoOptions) => (await import("../crypto.ts")).cryptoStatus(options));

  crypto
    .command("recovery")
    .description("write the bot's identity into a file under a passphrase, for the day on which the database is lost")
    .option(...CONFIG)
    .option("-o, --out <file>", "where to write it", "mindminder-recovery.json")
    .action(async (options: CryptoRecoveryOptions) => (await import("../crypto-recovery.ts")).cryptoRecovery(options));

  crypto
    .command("reset")
    .description("throw away the bot's keys, for a new identity or that of a recovery file; the service must not run")
    .option(...CONFIG)
    .option("--recovery <file>", "what “crypto recovery” wrote; its passphrase is read from the standard input")
    .action(async (options: CryptoResetOptions) => (await import("../crypto.ts")).cryptoReset(options));
}
