import type { JournalEntry } from "../entry.ts";

/** An event as it lies in the journal, before a schema has looked at it. */
export type StoredEvent = Readonly<Record<string, unknown>>;

/** Step of one type of event, from a version to the next: pure, and never changed once it is released. */
export type Upcaster<
  Kind extends string = JournalEntry["kind"],
  Type extends string = JournalEntry["event"]["type"],
> = {
  readonly kind: Kind;
  readonly type: Type;
  /** Version that it takes; it returns the one after it, with the same `type`. */
  readonly from: number;
  readonly up: (event: StoredEvent) => StoredEvent;
};
