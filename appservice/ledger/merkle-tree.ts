import { createHash } from "node:crypto";
import { atOnce, eachOf, type Parts } from "../journal/parts-of-work.ts";

/** Nodes that are hashed in one part. */
const PORTION = 200;

/** Hash of a Merkle tree over these records (RFC 6962, section 2.1). */
export function treeHash(records: readonly Uint8Array[]): Buffer {
  return atOnce(treeHashInParts(records));
}

/** The same, of a tree that may be large. */
export function* treeHashInParts(records: readonly Uint8Array[]): Parts<Buffer> {
  let level: Buffer[] = [];
  yield* eachOf(records, (record) => void level.push(leafHash(record)), PORTION);
  // An odd node at the end goes up as it is: the same tree as that of the standard, which splits at powers of two.
  while (level.length > 1) {
    const above: Buffer[] = [];
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = [level[at], level[at + 1]];
      if (left) above.push(right ? nodeHash(left, right) : left);
      if (above.length % PORTION === 0) yield;
    }
    level = above;
  }
  return level[0] ?? createHash("sha256").digest();
}

/** Hashes by which the root is made from one record: from its sibling up (RFC 6962, section 2.1.1). */
export function auditPath(records: readonly Uint8Array[], n: number): Buffer[] {
  if (records.length <= 1) return [];
  const left = leftSize(records.length);
  return n < left
    ? [...auditPath(records.slice(0, left), n), treeHash(records.slice(left))]
    : [...auditPath(records.slice(left), n - left), treeHash(records.slice(0, left))];
}

/** Root of a tree of so many records, made from one of them and its audit path; null: the path is of another length. */
export function rootByPath(record: Uint8Array, n: number, size: number, path: readonly Buffer[]): Buffer | null {
  const sibling = path.at(-1);
  if (size === 1) return path.length === 0 ? leafHash(record) : null;
  if (!sibling) return null;
  const left = leftSize(size);
  const within = path.slice(0, -1);
  const below = n < left ? rootByPath(record, n, left, within) : rootByPath(record, n - left, size - left, within);
  if (!below) return null;
  return n < left ? nodeHash(below, sibling) : nodeHash(sibling, below);
}

/** Number of records in the left half: the largest power of two below `size`. */
function leftSize(size: number): number {
  return 2 ** Math.floor(Math.log2(size - 1));
}

function leafHash(record: Uint8Array): Buffer {
  return createHash("sha256").update(Uint8Array.of(0)).update(record).digest();
}

function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash("sha256").update(Uint8Array.of(1)).update(left).update(right).digest();
}
