import type { RoomId } from "../protocol/identity.ts";
import type { KeptCheckpoint, LedgerLog } from "../store/ledger-log.ts";
import { canonicalJson } from "./canonical-json.ts";
import { checkpointOf } from "./checkpoint.ts";
import type { LedgerEntry } from "./entry.ts";
import { recordOfEntry, SALT_BYTES } from "./log-leaf.ts";
import type { NoteSigner } from "./signed-note.ts";

/** Milliseconds between two checkpoints of a room. */
export const WEEK_MS = 7 * 86_400_000;

export type SealDeps = {
  readonly log: Pick<LedgerLog, "lines" | "append" | "checkpoints">;
  readonly signer: NoteSigner;
  readonly random: (bytes: number) => Uint8Array;
};

/** Tells whether a room's log is to be sealed again. */
export function isDue(room: RoomId, at: number, { log }: Pick<SealDeps, "log">): boolean {
  const last = log.checkpoints(room).at(-1);
  return !last || at - last.madeAt >= WEEK_MS;
}

/**
 * Puts the entries that are not in the log yet at its end, and signs what it is then. Returns the checkpoint; null while
 * there is nothing to seal.
 */
export function seal(
  room: RoomId,
  entries: readonly LedgerEntry[],
  at: number,
  { log, signer, random }: SealDeps,
): KeptCheckpoint | null {
  const known = new Set(log.lines(room).map(({ id }) => id));
  const fresh = entries.filter(({ id }) => !known.has(id));
  if (fresh.length === 0) return log.checkpoints(room).at(-1) ?? null;
  const lines = fresh.map((entry) => {
    const salt = Buffer.from(random(SALT_BYTES));
    return { id: entry.id, salt, record: recordOfEntry(salt, entry), entry: canonicalJson(entry) };
  });
  return log.append(room, lines, (records) => ({
    size: records.length,
    note: checkpointOf(originOf(room, signer), records, signer),
    madeAt: at,
  }));
}

/** Name of a room's log: that of the signer, and the room's id. */
export function originOf(room: RoomId, { name }: Pick<NoteSigner, "name">): string {
  return `${name}/${encodeURIComponent(room)}`;
}
