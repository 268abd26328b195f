import type { CircleEvent } from "../circle/event.ts";
import type { CorrectionMade } from "../protocol/correction.ts";
import type { PurposeEvent } from "../purposes/event.ts";
import type { RecordEvent } from "../record/event.ts";

/** Event of a journal, a meeting's or a room's own, as the rules of the ledger read it. */
export type Happening = {
  /** `SOURCE#PLACE`. */
  readonly id: string;
  /** Place of the event in its journal. */
  readonly place: number;
  readonly event: CircleEvent | RecordEvent | PurposeEvent;
  /** Correction that this event brought about, with the texts before and after; null: it is none. */
  readonly made: CorrectionMade | null;
};

/** All that happened in a meeting, or to a room's purposes, in order. `source`: the meeting's id, or `purposes`. */
export type Story = { readonly source: string; readonly happenings: readonly Happening[] };
