import { scryptSync } from "node:crypto";
import { z } from "zod";
import { AdminError } from "../protocol/mindminder-error.ts";
import { randomBytes } from "../time/chance.ts";
import { AtRest, KeysUnreadable } from "./at-rest.ts";
import { IdentitySecrets } from "./identity-secrets.ts";

const PLACE = "recovery";
/**
 * Costs of scrypt (RFC 7914): 16 MB a try. The passphrase is ours, and of 120 bits, so that nobody finds it by trying.
 */
const COST = { N: 2 ** 14, r: 8, p: 1 };
const SALT_BYTES = 16;
/** Letters and digits that nobody takes for one another when they are written by hand: 32 of them, 5 bits each. */
const LETTERS = "abcdefghjkmnpqrstuvwxyz123456789";
const GROUPS = 6;
const GROUP_LETTERS = 4;

/** File by which the bot's identity is had back. `salt` and `sealed` in base64; `bot`: whose identity it is. */
const RecoveryFile = z.object({
  format: z.literal("org.mindminder.recovery/1"),
  bot: z.string(),
  salt: z.base64(),
  sealed: z.base64(),
});

/** Makes a passphrase of 120 bits, in groups of four. */
export function newPassphrase(): string {
  const letter = (byte: number) => LETTERS[byte % LETTERS.length];
  return Array.from({ length: GROUPS }, () => [...randomBytes(GROUP_LETTERS)].map(letter).join("")).join("-");
}

/** Writes an identity down so that the passphrase alone opens it. */
export function formatRecovery(identity: IdentitySecrets, bot: string, passphrase: string): string {
  const salt = randomBytes(SALT_BYTES);
  const sealed = Buffer.from(boxOf(passphrase, salt).seal(JSON.stringify(identity), placeOf(bot)));
  const file: z.infer<typeof RecoveryFile> = {
    format: "org.mindminder.recovery/1",
    bot,
    salt: salt.toString("base64"),
    sealed: sealed.toString("base64"),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Reads such a file. Throws `AdminError` where it is none, is another bot's, or the passphrase is another. */
export function parseRecovery(text: string, bot: string, passphrase: string): IdentitySecrets {
  const file = RecoveryFile.safeParse(fromJson(text)).data;
  if (!file)
    throw new AdminError("RECOVERY_UNUSABLE", "This is no file of “mindminder crypto recovery”. Name that one.");
  if (file.bot !== bot)
    throw new AdminError(
      "RECOVERY_UNUSABLE",
      `This is the identity of ${file.bot}; the bot here is ${bot}. Name its own file.`,
    );
  const box = boxOf(passphrase, Buffer.from(file.salt, "base64"));
  try {
    const opened = box.open(Buffer.from(file.sealed, "base64"), placeOf(bot));
    return IdentitySecrets.parse(JSON.parse(opened));
  } catch (error) {
    if (!(error instanceof KeysUnreadable)) throw error;
    throw new AdminError(
      "RECOVERY_UNUSABLE",
      "The passphrase does not open this file, or the file was changed. Try it again as it was shown.",
      { cause: error },
    );
  }
}

/** Spaces, case and hyphens are the writer's. */
function boxOf(passphrase: string, salt: Uint8Array): AtRest {
  const plain = passphrase.toLowerCase().replace(/[\s-]/g, "");
  return new AtRest(scryptSync(plain, salt, 32, COST).toString("hex"));
}

function placeOf(bot: string): string {
  return `${PLACE}:${bot}`;
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
