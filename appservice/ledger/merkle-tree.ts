import { createHash } from "node:crypto";

/** Hash of a Merkle tree over these records (RFC 6962, section 2.1). */
export function treeHash(records: readonly Uint8Array[]): Buffer {
  if (records.length === 0) return createHash("sha256").digest();
  let level = records.map(leafHash);
  // An odd node at the end goes up as it is: the same tree as that of the standard, which splits at powers of two.
  while (level.length > 1) {
    const above: Buffer[] = [];
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = [level[at], level[at + 1]];
      if (left) above.push(right ? nodeHash(left, right) : left);
    }
    level = above;
  }
  return level[0] ?? createHash("sha256").digest();
}

function leafHash(record: Uint8Array): Buffer {
  return createHash("sha256").update(Uint8Array.of(0)).update(record).digest();
}

function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash("sha256").update(Uint8Array.of(1)).update(left).update(right).digest();
}
