import type { ParticipantId } from "../protocol/identity.ts";
import { type Asking, mayBeWritten } from "./agreement.ts";

/**
 * Time in which nothing that is said is written down, since somebody sent the scribe away; `until` null: it is away
 * still.
 */
export type ScribeAbsence = {
  readonly at: number;
  readonly by: ParticipantId;
  readonly until: number | null;
  /** Person who asked it back; null: nobody has yet. */
  readonly backBy: ParticipantId | null;
};

type WithScribe = { readonly scribeAbsences: readonly ScribeAbsence[] };

/** The present absence of the scribe; null: it is there. */
export function scribeAway({ scribeAbsences }: WithScribe): ScribeAbsence | null {
  const last = scribeAbsences.at(-1);
  return last?.until === null ? last : null;
}

/** Tells whether what this person says aloud becomes text: they agreed, and nobody has sent the scribe away. */
export function isListenedTo(meeting: Asking & WithScribe, who: ParticipantId): boolean {
  return scribeAway(meeting) === null && mayBeWritten(meeting, who);
}
