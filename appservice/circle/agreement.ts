import { covers, type Shown } from "../protocol/agreement.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import type { PersonSnapshot } from "../protocol/meeting-snapshot.ts";

export type AgreementAnswer = {
  readonly who: ParticipantId;
  readonly agreed: boolean;
  readonly shown: Shown;
  readonly at: number;
};
/** Person who is asked in the room. `message`: because they typed this there. */
export type Sought = { readonly who: ParticipantId; readonly name: string; readonly message: string | null };

/**
 * Agreement to words being written down: the items that each is shown, and the answer of each. `before`: people who sat
 * there already when the service began to ask; it goes on for them as it was until they say otherwise. `written`:
 * people whose words were allowed at any time. `untold`: those of them who have not agreed to all that is asked by now.
 */
export type Agreement = {
  readonly asks: Shown;
  readonly answers: readonly AgreementAnswer[];
  readonly sought: readonly Sought[];
  readonly before: readonly ParticipantId[];
  readonly written: readonly ParticipantId[];
  readonly untold: readonly ParticipantId[];
};

/** Part of a meeting that tells whose words may be written down; null: from before people were asked. */
export type Asking = { readonly agreement: Agreement | null };
type Seating = Asking & { readonly people: readonly Pick<PersonSnapshot, "id" | "presence">[] };

/**
 * Answer of somebody on whether their words may be written down; null: they have given none yet, or to something else
 * than is asked now.
 */
export function answerOf({ agreement }: Asking, who: ParticipantId): boolean | null {
  if (!agreement) return null;
  const answer = agreement.answers.find((each) => each.who === who);
  if (!answer) return agreement.before.includes(who) ? true : null;
  return answer.agreed && !covers(answer.shown, agreement.asks) ? null : answer.agreed;
}

/**
 * Tells whether this person's words may be written down. In meetings from before people were asked, everybody's are.
 */
export function mayBeWritten(meeting: Asking, who: ParticipantId): boolean {
  return meeting.agreement === null || answerOf(meeting, who) === true;
}

/** Tells whether somebody's yes had been taken back by then: what they said before it stands. */
export function hadWithdrawn({ agreement }: Asking, who: ParticipantId, at: number): boolean {
  const answer = agreement?.answers.find((each) => each.who === who);
  return answer?.agreed === false && answer.at <= at;
}

/**
 * Tells whether somebody may put words of theirs into the record by hand. People who did not take part in a meeting
 * that is over were not asked, and may.
 */
export function mayWriteInto(meeting: Seating & { readonly phase: string }, who: ParticipantId): boolean {
  const stranger =
    meeting.phase === "ended" && answerOf(meeting, who) === null && meeting.people.every(({ id }) => id !== who);
  return stranger || mayBeWritten(meeting, who);
}

/**
 * Tells whether all whose words are in the record knew, when they agreed, that it goes into the chat bound at this
 * time.
 */
export function isToldOfChat({ agreement }: Asking, boundAt: number): boolean {
  if (!agreement) return false;
  const isAsked = agreement.asks.items.some((item) => item.what === "telegram" && item.since === boundAt);
  return isAsked && agreement.untold.length === 0;
}

/** People who sit in the circle and are heard without being written down. */
export function unwritten(meeting: Seating): ParticipantId[] {
  return meeting.people
    .filter(({ id, presence }) => presence !== "left" && !mayBeWritten(meeting, id))
    .map(({ id }) => id);
}
