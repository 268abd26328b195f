import type { DatasetTargetKind } from "./target.ts";

/** All kinds of places for sets, one file each. */
export const DATASET_TARGETS: readonly DatasetTargetKind[] = [
  (await import("./targets/folder.ts")).folder,
  (await import("./targets/s3.ts")).s3,
];
