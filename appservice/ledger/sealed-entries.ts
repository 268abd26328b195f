import type { Parts } from "../journal/parts-of-work.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import type { LedgerLog } from "../store/ledger-log.ts";
import { isOf, LedgerEntry } from "./entry.ts";

/** Lines that are looked through in one part. */
const PORTION = 200;

type SealedLog = Pick<LedgerLog, "length" | "has" | "entries">;

/** Entries that are in a room's log, as they stand there; an erased one is none, and its id is known still. */
export function sealedIn(log: SealedLog) {
  return {
    length: (room: RoomId): number => log.length(room),
    has: (room: RoomId, id: string, upTo: number): boolean => log.has(room, id, upTo),
    /** Entries of the first lines; `of`: those of this person alone. */
    *entries(room: RoomId, upTo: number, of: ParticipantId | null): Parts<LedgerEntry[]> {
      const found: LedgerEntry[] = [];
      for (let from = 0; from < upTo; from += PORTION) {
        for (const text of log.entries(room, from, Math.min(from + PORTION, upTo), of)) {
          const parsed = LedgerEntry.safeParse(jsonOf(text));
          if (parsed.success && (of === null || isOf(of, parsed.data))) found.push(parsed.data);
        }
        yield;
      }
      return found;
    },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
