import type { LedgerForm } from "./form.ts";

/** All forms of a room's ledger, one file each. */
export const LEDGER_FORMS: readonly LedgerForm[] = [
  (await import("./csv.ts")).csv,
  (await import("./hledger.ts")).hledger,
];
