import type { Meetings } from "../../journal/meetings.ts";
import type { CirclePlace } from "../../protocol/place.ts";
import type { Presser } from "./presser.ts";

export type AgreementAnswerDeps = {
  readonly meetings: Pick<Meetings, "of" | "placeFor" | "send">;
  readonly now: () => number;
};

/**
 * Answers, in somebody's name, the question whether their words may be written down: where they sit, or in the place
 * that is given.
 */
export function answerAgreement(
  agreed: boolean,
  { room, actor, place = null }: Presser & { readonly place?: CirclePlace | null },
  { meetings, now }: AgreementAnswerDeps,
): void {
  const where = place ?? meetings.placeFor(room, actor.id);
  const shown = meetings.of(where)?.meeting.agreement?.asks;
  if (shown) meetings.send(where, { type: "agree", agreed, shown, actor, expectedVersion: null, at: now() });
}
