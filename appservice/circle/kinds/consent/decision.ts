import type { EndedCircle } from "../../circle.ts";
import type { DecisionMade } from "../contract.ts";
import { fitReasons } from "./fit-reasons.ts";

/** Decides nothing while nobody has said anything; one objection is enough against it. */
export function decisionIn({ index: circle, step, round, data }: EndedCircle<"consent">): DecisionMade {
  const stances = fitReasons(data.stances);
  const objections = stances
    .filter(({ position }) => position === "object")
    .map(({ who, reason }) => ({ who, reason }));
  const consents = stances.filter(({ position }) => position === "consent").map(({ who }) => who);
  return {
    circle,
    step,
    round,
    verdict: objections.length > 0 ? "objected" : consents.length > 0 ? "consented" : "open",
    consents,
    objections,
  };
}
