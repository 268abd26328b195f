import type { DecisionMade } from "./kinds/contract.ts";
import { KINDS } from "./kinds/kinds.ts";
import type { EndedCircle, Meeting } from "./meeting.ts";

/** Circles that ran, the running or last one included. */
export function circlesThatRan({ pastCircles, circle }: Meeting): EndedCircle[] {
  return [...pastCircles, ...(circle ? [circle] : [])];
}

/** True once nothing can be said or taken back in it any more. */
export function isOver({ phase, circle }: Meeting, index: number): boolean {
  return index < (circle?.index ?? 0) || phase !== "circle";
}

/** Decision of a circle, made or as it stands; null where its kind decides nothing. */
export function decisionIn(circle: EndedCircle): DecisionMade | null {
  return KINDS[circle.kind].decision?.(circle) ?? null;
}

/** Decisions of the circles that are over, each planned one as it ran last. */
export function lastDecisions(meeting: Meeting): DecisionMade[] {
  const made = circlesThatRan(meeting).flatMap((circle) =>
    isOver(meeting, circle.index) ? (decisionIn(circle) ?? []) : [],
  );
  return [...new Map(made.map((decision) => [decision.step, decision])).values()];
}
