import type { LogLine } from "../store/ledger-log.ts";
import { openCheckpoint } from "./checkpoint.ts";
import { recordOfText } from "./log-leaf.ts";
import { treeHash } from "./merkle-tree.ts";

/** Finding about a log: which line or checkpoint, and why. */
export type LogFault =
  | { readonly fault: "entry-changed"; readonly n: number }
  | { readonly fault: "line-missing"; readonly n: number }
  | { readonly fault: "signature" | "root" | "other-log"; readonly nth: number }
  | { readonly fault: "shorter"; readonly nth: number; readonly size: number };

type Log = { readonly origin: string; readonly verifier: string; readonly lines: readonly LogLine[] };

/**
 * Checks a log: each entry that is there makes its record, and the records make the root of every checkpoint, whichever
 * is signed by the key. Empty where nothing is wrong.
 */
export function verifyLog({ origin, verifier, lines }: Log, checkpoints: readonly string[]): LogFault[] {
  const records = lines.map(({ record }) => record);
  return [
    ...lines.flatMap(({ n }, place): LogFault[] => (n === place ? [] : [{ fault: "line-missing", n: place }])),
    ...lines.flatMap(({ n, record, open }): LogFault[] =>
      open === null || recordOfText(open.salt, open.entry).equals(record) ? [] : [{ fault: "entry-changed", n }],
    ),
    ...checkpoints.flatMap((note, nth): LogFault[] => {
      const head = openCheckpoint(note, verifier);
      if (!head) return [{ fault: "signature", nth }];
      if (head.origin !== origin) return [{ fault: "other-log", nth }];
      if (head.size > records.length) return [{ fault: "shorter", nth, size: head.size }];
      return treeHash(records.slice(0, head.size)).equals(head.root) ? [] : [{ fault: "root", nth }];
    }),
  ];
}
