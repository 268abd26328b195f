import type { RoomId } from "../protocol/identity.ts";
import type { LedgerLog } from "../store/ledger-log.ts";
import { originOf } from "./seal.ts";
import { type NoteSigner, noteSigner, verifierKey } from "./signed-note.ts";

/** Signer of a service's checkpoints; null: there is no key yet. */
export function knownSigner(log: Pick<LedgerLog, "key">): NoteSigner | null {
  const key = log.key();
  return key && noteSigner(key.name, key.seed);
}

/**
 * A room's log as lines of JSON, for a verifier of any make: first its origin, the key and all checkpoints, then a line
 * a record. Bytes are in base64; `entry` is the text that was hashed, null where it was erased.
 */
export function logLines(room: RoomId, log: Pick<LedgerLog, "lines" | "checkpoints" | "key">): string {
  const signer = knownSigner(log);
  const head = {
    origin: signer ? originOf(room, signer) : "",
    key: signer ? verifierKey(signer) : "",
    checkpoints: log.checkpoints(room).map(({ note }) => note),
  };
  const lines = log.lines(room).map(({ record, open }) => ({
    record: record.toString("base64"),
    salt: open?.salt.toString("base64") ?? null,
    entry: open?.entry ?? null,
  }));
  return [head, ...lines].map((line) => `${JSON.stringify(line)}\n`).join("");
}
