import type { MeetingRecord, MinutesEntry } from "../protocol/meeting-record.ts";
import { keyOf, within } from "../protocol/minutes-key.ts";
import type { TextChange } from "../protocol/text-change.ts";
import type { Plugin } from "./plugin.ts";

/**
 * Record with the changes of its texts, in order, and the number of these changes that each result had before it when
 * it was begun.
 */
export type ChangedRecord = MeetingRecord & {
  readonly changes: readonly TextChange[];
  readonly basis: ReadonlyMap<string, number>;
};

/** Lists results that rest on words which have been changed since. */
export function outdated({ minutes, changes, basis }: ChangedRecord, plugins: readonly Plugin[]): MinutesEntry[] {
  return minutes.filter(({ about, madeBy }) => {
    const plugin = plugins.find(({ id }) => id === madeBy.plugin);
    const since = changes.slice(basis.get(keyOf(madeBy.plugin, about)) ?? changes.length);
    return (
      plugin !== undefined &&
      since.some((change) => (plugin.needs?.includes(change.of) ?? true) && within(change.about, about))
    );
  });
}
