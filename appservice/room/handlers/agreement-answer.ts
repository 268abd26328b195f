import type { Meetings } from "../../journal/meetings.ts";
import type { Presser } from "./presser.ts";

export type AgreementAnswerDeps = {
  readonly meetings: Pick<Meetings, "of" | "placeFor" | "send">;
  readonly now: () => number;
};

/** Answers, in somebody's name, the question whether their words may be written down. */
export function answerAgreement(agreed: boolean, { room, actor }: Presser, deps: AgreementAnswerDeps): void {
  const { meetings, now } = deps;
  const place = meetings.placeFor(room, actor.id);
  const shown = meetings.of(place)?.meeting.agreement?.asks;
  if (shown) meetings.send(place, { type: "agree", agreed, shown, actor, expectedVersion: null, at: now() });
}
