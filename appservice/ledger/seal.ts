import { eachOf, type Parts } from "../journal/parts-of-work.ts";
import type { RoomId } from "../protocol/identity.ts";
import type { KeptCheckpoint, LedgerLog, NewLine } from "../store/ledger-log.ts";
import { canonicalJson } from "./canonical-json.ts";
import { checkpointOf } from "./checkpoint.ts";
import type { LedgerEntry } from "./entry.ts";
import { recordOfEntry, SALT_BYTES } from "./log-leaf.ts";
import type { NoteSigner } from "./signed-note.ts";

/** Records that are read in one part. */
const PORTION = 500;
/** Lines that are written in one piece, with a checkpoint. */
const MOST_LINES = 500;

/** Milliseconds between two checkpoints of a room. */
export const WEEK_MS = 7 * 86_400_000;

export type SealDeps = {
  readonly log: Pick<LedgerLog, "length" | "has" | "records" | "append" | "checkpoints">;
  readonly signer: NoteSigner;
  readonly random: (bytes: number) => Uint8Array;
};

/** Tells whether a room's log is to be sealed again. */
export function isDue(room: RoomId, at: number, { log }: { readonly log: Pick<LedgerLog, "checkpoints"> }): boolean {
  const last = log.checkpoints(room).at(-1);
  return !last || at - last.madeAt >= WEEK_MS;
}

/**
 * Puts the entries that are not in the log yet at its end, and signs what it is then. Returns the checkpoint; null
 * while there is nothing to seal.
 */
export function* seal(
  room: RoomId,
  entries: readonly LedgerEntry[],
  at: number,
  { log, signer, random }: SealDeps,
): Parts<KeptCheckpoint | null> {
  const known = log.length(room);
  const fresh: LedgerEntry[] = [];
  yield* eachOf(entries, (entry) => {
    if (!log.has(room, entry.id, known)) fresh.push(entry);
  });
  if (fresh.length === 0) return log.checkpoints(room).at(-1) ?? null;
  const records: Buffer[] = [];
  for (; records.length < known; yield) {
    const some = log.records(room, records.length, records.length + PORTION);
    if (some.length === 0) throw new Error(`record ${records.length} of the ledger of ${room} is missing`);
    records.push(...some);
  }
  let made: KeptCheckpoint | null = null;
  for (let from = 0; from < fresh.length; from += MOST_LINES) {
    const size = records.length;
    const lines: NewLine[] = [];
    yield* eachOf(fresh.slice(from, from + MOST_LINES), (entry) => {
      const salt = Buffer.from(random(SALT_BYTES));
      lines.push({ id: entry.id, salt, record: recordOfEntry(salt, entry), entry: canonicalJson(entry) });
    });
    records.push(...lines.map(({ record }) => record));
    const note = yield* checkpointOf(originOf(room, signer), records, signer);
    made = { size: records.length, note, madeAt: at };
    log.append(room, size, lines, made);
  }
  return made;
}

/** Name of a room's log: that of the signer, and the room's id. */
export function originOf(room: RoomId, { name }: Pick<NoteSigner, "name">): string {
  return `${name}/${encodeURIComponent(room)}`;
}
