import type { MinutesEntry } from "../protocol/meeting-record.ts";
import { within } from "../protocol/minutes-key.ts";
import type { TextChange } from "../protocol/text-change.ts";
import { emptied, withoutWords } from "./taken-back.ts";

type WordsGone = {
  readonly goneBy: { readonly size: number; get(id: string): number | undefined; toMap(): Map<string, number> };
  readonly changes: { toArray(): readonly TextChange[] };
};

/**
 * A result without what it may hold of words that were taken back while it was being made, whatever stands in their
 * place by now. `basis`: number of changes of texts that it knew of.
 */
export function withoutStale(
  entry: MinutesEntry,
  basis: number | undefined,
  { goneBy, changes }: WordsGone,
): MinutesEntry {
  if (basis === undefined || goneBy.size === 0) return entry;
  if (entry.result.form !== "note" && entry.result.form !== "graph")
    return withoutWords(entry, { size: goneBy.size, has: (id) => basis < (goneBy.get(id) ?? 0) });
  const until = Math.max(...goneBy.toMap().values());
  const missed = changes.toArray().slice(basis, until);
  return missed.some(({ about }) => within(about, entry.about)) ? emptied(entry) : entry;
}
