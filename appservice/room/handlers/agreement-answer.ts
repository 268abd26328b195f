import type { Meetings } from "../../journal/meetings.ts";
import type { Presser } from "./presser.ts";

export type AgreementAnswerDeps = { readonly meetings: Pick<Meetings, "of" | "send">; readonly now: () => number };

/** Answers, in somebody's name, the question whether their words may be written down. */
export function answerAgreement(agreed: boolean, { room, actor }: Presser, deps: AgreementAnswerDeps): void {
  const { meetings, now } = deps;
  const shown = meetings.of(room)?.meeting.agreement?.asks;
  if (shown) meetings.send(room, { type: "agree", agreed, shown, actor, expectedVersion: null, at: now() });
}
