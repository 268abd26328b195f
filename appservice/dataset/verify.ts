import { createHash } from "node:crypto";
import { CHECKSUMS } from "./checksums.ts";
import { soundPath } from "./form.ts";
import { findMaterial } from "./material.ts";
import type { Pseudonyms } from "./pseudonyms.ts";
import { SPLITS, type DatasetPurpose } from "./rows.ts";
import type { DatasetSource } from "./source.ts";
import { standingDataset } from "./standing.ts";
import type { DatasetTarget } from "./target.ts";

export type DatasetFault =
  | { readonly fault: "no-set" | "broken-off" }
  | { readonly fault: "missing" | "changed" | "foreign" | "not-allowed"; readonly path: string };

type VerifyDeps = {
  readonly target: DatasetTarget;
  readonly source: DatasetSource;
  readonly purpose: DatasetPurpose;
  readonly pseudonyms: Pseudonyms;
  readonly signal: AbortSignal;
};

/** Checks that a set is whole, that nobody changed a byte of it, and that everybody in it still allows that. */
export async function verifyDataset(
  deps: VerifyDeps,
): Promise<{ readonly files: number; readonly faults: DatasetFault[] }> {
  const { target, source, purpose, pseudonyms, signal } = deps;
  const standing = await standingDataset({ target, purpose, pseudonyms, signal });
  if (!standing.build) return { files: 0, faults: [{ fault: "no-set" }] };
  if (!standing.there.has(CHECKSUMS)) return { files: 0, faults: [{ fault: "broken-off" }] };
  const faults: DatasetFault[] = [];
  for (const [path, sum] of standing.sums) {
    const bytes = standing.there.has(path) ? await target.read(path, signal) : null;
    if (!bytes) faults.push({ fault: "missing", path });
    else if (createHash("sha256").update(bytes).digest("hex") !== sum) faults.push({ fault: "changed", path });
  }
  for (const path of standing.there.keys())
    if (path !== CHECKSUMS && !standing.sums.has(path)) faults.push({ fault: "foreign", path });
  const inSet = (piece: string) => purpose === "publish" && standing.pieces.has(piece);
  const { pieces } = await findMaterial({ source, purpose, pseudonyms, inSet, signal });
  for (const id of standing.pieces.keys()) {
    const path = SPLITS.map((split) => soundPath(split, id)).find((each) => standing.there.has(each));
    if (!pieces.has(id)) faults.push({ fault: "not-allowed", path: path ?? id });
  }
  return { files: standing.sums.size, faults };
}
