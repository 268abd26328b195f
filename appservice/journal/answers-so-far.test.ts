import { expect, test } from "vitest";
import { id as personOf, Play } from "../../tests/support/circle/play.ts";
import { meetingId } from "../../tests/support/protocol/ids.ts";
import type { AgreementAnswer } from "../circle/agreement.ts";
import type { MeetingId } from "../protocol/identity.ts";
import type { Shown } from "../protocol/agreement.ts";
import { answersSoFar, broughtAlong } from "./answers-so-far.ts";

const [ANN, BOB] = [personOf("ann"), personOf("bob")];
const [FIRST, SECOND, OTHER] = [meetingId("mfirst00001"), meetingId("msecond0001"), meetingId("mother00001")];
const ASKS: Shown = { wording: 1, items: [{ what: "comments" }] };
const LESS: Shown = { wording: 1, items: [] };

const answer = (who: typeof ANN, agreed: boolean, at: number): AgreementAnswer => ({ who, agreed, shown: ASKS, at });

/** A meeting with these answers; null: nobody is asked there. */
function meetingWith(id: MeetingId, answers: readonly AgreementAnswer[] | null) {
  const { state } = new Play().gather().send({ type: "ask-agreement", asks: ASKS, at: 1_000_000 });
  const agreement = answers && state?.agreement ? { ...state.agreement, answers } : null;
  return { meeting: { ...state, id, agreement } };
}

test("the newest answer of each counts, in whichever group of the assembly it was given, and none from elsewhere", () => {
  const held = [FIRST, SECOND].map((meeting) => ({ meeting })) as unknown as Parameters<typeof answersSoFar>[0]["held"];
  const answers = answersSoFar({ held }, [
    meetingWith(SECOND, [answer(ANN, false, 7), answer(BOB, true, 3)]),
    meetingWith(FIRST, [answer(ANN, true, 5)]),
    meetingWith(meetingId("mnobody0001"), null),
    meetingWith(OTHER, [answer(ANN, true, 9), answer(BOB, false, 9)]),
  ]);
  expect([answers.get(ANN)?.agreed, answers.get(BOB)?.agreed, answers.size]).toEqual([false, true, 2]);
  expect(answersSoFar({ held }, [meetingWith(FIRST, null)]).size).toBe(0);
});

test("an answer goes along, but no yes to less than is asked there, and none where nobody is asked", () => {
  const { meeting } = meetingWith(FIRST, []);
  const yes = answer(ANN, true, 1);
  expect(broughtAlong(yes, meeting)).toEqual({ agreed: true, shown: ASKS });
  expect(broughtAlong({ ...yes, shown: LESS }, meeting)).toBeNull();
  expect(broughtAlong({ agreed: false, shown: LESS }, meeting)).toEqual({ agreed: false, shown: LESS });
  expect(broughtAlong(undefined, meeting)).toBeNull();
  expect(broughtAlong(yes, meetingWith(FIRST, null).meeting)).toBeNull();
});
