import type { LedgerEntry } from "../entry.ts";

/** Form in which a room's ledger is written for a bookkeeper, or a program of theirs. */
export type LedgerForm = {
  readonly name: string;
  readonly extension: string;
  readonly write: (entries: readonly LedgerEntry[]) => string;
};
