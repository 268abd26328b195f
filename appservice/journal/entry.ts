import type { CircleEvent } from "../circle/event.ts";
import type { RecordEvent } from "../record/event.ts";

/** One thing that happened in a meeting, or that came out of it. */
export type JournalEntry =
  | { readonly kind: "circle"; readonly event: CircleEvent }
  | { readonly kind: "record"; readonly event: RecordEvent };
