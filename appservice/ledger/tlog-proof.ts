import { z } from "zod";
import type { LogLine } from "../store/ledger-log.ts";
import { openCheckpoint } from "./checkpoint.ts";
import { recordOfText } from "./log-leaf.ts";
import { auditPath, rootByPath } from "./merkle-tree.ts";

const HEADER = "c2sp.org/tlog-proof@v1";

/** Salt and text of an entry, by which its record is made again. */
type Opening = { readonly salt: string; readonly entry: string };

/**
 * Proof that an entry is in the log of which this is a checkpoint, as a file of its own (C2SP tlog-proof): whoever has
 * the log's key checks it without the log. Salt and entry go along as extra data, from which the record is made.
 */
export function tlogProof(
  lines: readonly LogLine[],
  n: number,
  checkpoint: { readonly size: number; readonly note: string },
): string | null {
  const open = lines[n]?.open;
  if (!open || n >= checkpoint.size) return null;
  const opening: Opening = { salt: open.salt.toString("base64"), entry: open.entry };
  const path = auditPath(
    lines.slice(0, checkpoint.size).map(({ record }) => record),
    n,
  );
  return [
    HEADER,
    `extra ${Buffer.from(JSON.stringify(opening)).toString("base64")}`,
    `index ${n}`,
    ...path.map((hash) => hash.toString("base64")),
    "",
    checkpoint.note,
  ].join("\n");
}

/** Entry that a proof proves to be in the log that this key signs; null: it proves none. */
export function provenBy(proof: string, verifier: string): { readonly origin: string; readonly entry: string } | null {
  const end = proof.indexOf("\n\n");
  const [header, extra = "", index = "", ...path] = proof.slice(0, Math.max(0, end)).split("\n");
  const head = openCheckpoint(proof.slice(end + 2), verifier);
  const n = /^index (0|[1-9]\d{0,14})$/.exec(index)?.[1];
  const opening = openingIn(extra);
  if (header !== HEADER || !head || n === undefined || !opening || Number(n) >= head.size) return null;
  const record = recordOfText(Buffer.from(opening.salt, "base64"), opening.entry);
  const hashes = path.map((line) => Buffer.from(line, "base64"));
  const root = rootByPath(record, Number(n), head.size, hashes);
  return root?.equals(head.root) ? { origin: head.origin, entry: opening.entry } : null;
}

const Extra = z.object({ salt: z.string(), entry: z.string() });

function openingIn(line: string): Opening | null {
  const [word, base64 = ""] = line.split(" ");
  if (word !== "extra") return null;
  try {
    return Extra.parse(JSON.parse(Buffer.from(base64, "base64").toString("utf8")));
  } catch {
    return null;
  }
}
