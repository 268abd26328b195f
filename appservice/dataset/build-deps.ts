import type { FindMore } from "./clean/cleaner.ts";
import type { Pseudonyms } from "./pseudonyms.ts";
import type { DatasetPurpose } from "./rows.ts";
import type { DatasetSource } from "./source.ts";
import type { DatasetTarget } from "./target.ts";

export type BuildDeps = {
  readonly source: DatasetSource;
  readonly target: DatasetTarget;
  readonly purpose: DatasetPurpose;
  readonly pseudonyms: Pseudonyms;
  /** Finds names besides those that are known; null where no such service is configured. */
  readonly findMore: FindMore | null;
  /** Folder for files while they are written; nothing is left in it. */
  readonly workFolder: string;
  readonly now: () => number;
  /** Tells whoever waits how far it is. */
  readonly say: (sentence: string) => void;
  readonly signal: AbortSignal;
};
