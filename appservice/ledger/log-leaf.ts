import { createHash } from "node:crypto";
import { canonicalJson } from "./canonical-json.ts";
import type { LedgerEntry } from "./entry.ts";

export const SALT_BYTES = 32;

/**
 * Record of an entry in the log: SHA-256 of a salt and the entry's canonical JSON. Without the salt nobody can find out
 * by trying what it stands for, so a record outlives the entry that was erased.
 */
export function recordOfEntry(salt: Uint8Array, entry: LedgerEntry): Buffer {
  return recordOfText(salt, canonicalJson(entry));
}

export function recordOfText(salt: Uint8Array, text: string): Buffer {
  return createHash("sha256").update(salt).update(text, "utf8").digest();
}
