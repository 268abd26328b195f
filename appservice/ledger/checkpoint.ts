import type { Parts } from "../journal/parts-of-work.ts";
import { treeHashInParts } from "./merkle-tree.ts";
import { type NoteSigner, openNote, signedNote } from "./signed-note.ts";

/** Size and root of a log at some time. */
export type TreeHead = { readonly origin: string; readonly size: number; readonly root: Buffer };

/** A signed checkpoint of these records (C2SP tlog-checkpoint). */
export function* checkpointOf(origin: string, records: readonly Uint8Array[], signer: NoteSigner): Parts<string> {
  const root = yield* treeHashInParts(records);
  return signedNote(`${origin}\n${records.length}\n${root.toString("base64")}\n`, signer);
}

/** Content of a checkpoint that this key signed; null: it did not, or it is none. */
export function openCheckpoint(note: string, verifier: string): TreeHead | null {
  const [origin = "", size = "", root = "", ...rest] = openNote(note, verifier)?.split("\n") ?? [];
  if (origin === "" || !/^(0|[1-9]\d{0,14})$/.test(size) || rest[0] !== "") return null;
  return { origin, size: Number(size), root: Buffer.from(root, "base64") };
}
