import type { DecisionMade } from "./kinds/contract.ts";
import { KINDS } from "./kinds/kinds.ts";
import { circlesThatRan, isOver, type Meeting } from "./meeting.ts";
import type { EndedCircle } from "./circle.ts";

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
