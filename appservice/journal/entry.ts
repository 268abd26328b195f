import type { Actor } from "../protocol/actor.ts";
import type { CircleEvent } from "../circle/event.ts";
import type { RecordEvent } from "../record/event.ts";

/** Event in a meeting, or in the record that came out of it. */
export type JournalEntry = (
  | { readonly kind: "circle"; readonly event: CircleEvent }
  | { readonly kind: "record"; readonly event: RecordEvent }
) & {
  /**
   * Actor whose command brought it about; left out where time, the call or the service did. It is written, and not read
   * back with the event.
   */
  readonly actor?: Actor;
};

/** Actor of a command, for the entries that it brings about. */
export function broughtBy(command: object & { readonly actor?: Actor }): Pick<JournalEntry, "actor"> {
  return command.actor ? { actor: command.actor } : {};
}

export function circleEntry(event: CircleEvent): JournalEntry {
  return { kind: "circle", event };
}
