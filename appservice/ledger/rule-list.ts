import type { LedgerRule } from "./rule.ts";

/** All rules of the ledger, one file each. */
export const RULES: readonly LedgerRule[] = [
  (await import("./rules/corrections.ts")).corrections,
  (await import("./rules/facilitated.ts")).facilitated,
  (await import("./rules/pots.ts")).pots,
  (await import("./rules/rights-granted.ts")).rightsGranted,
  (await import("./rules/tasks-finished.ts")).tasksFinished,
];
