import type { RoomId } from "../protocol/identity.ts";
import type { LedgerLog } from "../store/ledger-log.ts";
import { LedgerEntry } from "./entry.ts";

/** Entries that are in a room's log, as they stand there; an erased one is none, and its id is known still. */
export function sealedIn(log: Pick<LedgerLog, "lines">) {
  return {
    entries: (room: RoomId): LedgerEntry[] =>
      log.lines(room).flatMap(({ open }) => {
        const parsed = open ? LedgerEntry.safeParse(jsonOf(open.entry)) : null;
        return parsed?.success ? [parsed.data] : [];
      }),
    ids: (room: RoomId): ReadonlySet<string> => new Set(log.lines(room).map(({ id }) => id)),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
