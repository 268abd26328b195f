import type { ParticipantId } from "../protocol/identity.ts";
import { type EndedCircle, type Meeting, objections } from "./meeting.ts";

/** What a circle of consent came to: nobody objected, somebody did, or nobody said anything. */
export type Verdict = "consented" | "objected" | "open";

export type DecisionMade = {
  readonly circle: number;
  readonly step: number;
  readonly round: number;
  readonly verdict: Verdict;
  readonly consents: readonly ParticipantId[];
  readonly objections: readonly { readonly who: ParticipantId; readonly reason: string }[];
};

/** Circles that ran, the running or last one included. */
export function circlesThatRan({ pastCircles, circle }: Meeting): EndedCircle[] {
  return [...pastCircles, ...(circle ? [circle] : [])];
}

/** True once nothing can be said or taken back in it any more. */
export function isOver({ phase, circle }: Meeting, index: number): boolean {
  return index < (circle?.index ?? 0) || phase !== "circle";
}

export function decisionIn({ index: circle, step, round, stances }: EndedCircle): DecisionMade {
  const against = objections(stances).map(({ who, reason }) => ({ who, reason }));
  const consents = stances.filter(({ position }) => position === "consent").map(({ who }) => who);
  return {
    circle,
    step,
    round,
    verdict: against.length > 0 ? "objected" : consents.length > 0 ? "consented" : "open",
    consents,
    objections: against,
  };
}

/** The circles of consent that are over, each planned one as it ran last. */
export function lastAsked(meeting: Meeting): EndedCircle[] {
  const asked = circlesThatRan(meeting).filter(
    ({ index, step }) => isOver(meeting, index) && meeting.plan?.circles[step]?.kind === "consent",
  );
  return [...new Map(asked.map((circle) => [circle.step, circle])).values()];
}
