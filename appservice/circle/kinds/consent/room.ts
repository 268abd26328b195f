import { z } from "zod";
import type { CircleSnapshot } from "../../../protocol/meeting-snapshot.ts";
import { answerOf } from "../../agreement.ts";
import type { EndedCircle } from "../../circle.ts";
import type { ExportedOutcome, Saying, TypedCommand, Typing } from "../contract.ts";
import { decisionIn } from "./decision.ts";
import { fitReasons } from "./fit-reasons.ts";

/** Stances of a circle, and the verdict once it is over. */
export function consentForMachines(circle: EndedCircle<"consent">, over: boolean): object {
  return {
    stances: fitReasons(circle.data.stances).map(({ who, position, reason }) => ({ who, position, reason })),
    verdict: over ? decisionIn(circle).verdict : null,
  };
}

export function exportedStances({ stances }: CircleSnapshot, { t, nameOf }: Saying): Partial<ExportedOutcome> {
  const points = stances.map(
    ({ who, position, reason }) =>
      `${nameOf(who)}: ${t(position === "object" ? "export.objects" : "export.consents")}${reason && ` – ${reason}`}`,
  );
  return { points };
}

export const consentCommands: readonly TypedCommand[] = [
  { name: "consent", args: z.array(z.string()), run: (_, typed) => consent(typed) },
  {
    name: "object",
    args: z.array(z.string()),
    run: (_, { ask, rest }) => refusedOr(ask({ type: "take-position", position: "object", reason: rest })),
  },
];

function consent({ ask, by, meeting, rest }: Typing): ReturnType<TypedCommand["run"]> {
  const refusal = ask({ type: "take-position", position: "consent", reason: rest });
  const agreement = meeting?.agreement;
  // Consent of a person who was asked about their words is the answer to that, where no proposal is on.
  const answers =
    refusal?.code === "not-consenting" &&
    agreement &&
    agreement.sought.some(({ who }) => who === by) &&
    answerOf(meeting, by) === null;
  return refusedOr(answers ? ask({ type: "agree", agreed: true, shown: agreement.asks }) : refusal);
}

function refusedOr(refusal: ReturnType<Typing["ask"]>): ReturnType<TypedCommand["run"]> {
  return refusal && { refusal };
}
