import { openDatabase } from "../../../appservice/store/database.ts";
import { LedgerLog } from "../../../appservice/store/ledger-log.ts";
import type { LedgerEntry } from "../../../appservice/ledger/entry.ts";
import { atOnce } from "../../../appservice/journal/parts-of-work.ts";
import { seal, WEEK_MS } from "../../../appservice/ledger/seal.ts";
import { noteSigner } from "../../../appservice/ledger/signed-note.ts";
import { roomId } from "../protocol/ids.ts";
import { BEGAN } from "./story.ts";

export const ROOM = roomId("!room");
const KEY = { name: "hs/mindminder", seed: Buffer.alloc(32, 7) };
export const SIGNER = noteSigner(KEY.name, KEY.seed);

/** Entry of Ann's or Bob's. */
export function madeEntry(n: number): LedgerEntry {
  return {
    id: `m/${n}`,
    at: BEGAN + n,
    unit: "tasks-finished",
    from: "room",
    to: n % 2 ? "@ann:hs" : "@bob:hs",
    amount: 1,
    because: [`m#${n}`],
    rule: "tasks-finished@1",
  };
}

/** A log of nine entries, sealed in three weeks. */
export function sealedLog(): { readonly db: ReturnType<typeof openDatabase>; readonly log: LedgerLog } {
  const db = openDatabase(":memory:");
  const log = new LedgerLog(db);
  log.keepKey(() => KEY);
  let drawn = 0;
  const random = (bytes: number) => Buffer.alloc(bytes, ++drawn);
  for (const [week, upTo] of [3, 4, 9].entries()) {
    const entries = Array.from({ length: upTo }, (_, n) => madeEntry(n));
    atOnce(seal(ROOM, entries, BEGAN + week * WEEK_MS, { log, signer: SIGNER, random }));
  }
  return { db, log };
}
