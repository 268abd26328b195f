import type { EndedCircle, Meeting } from "../../circle/meeting.ts";
import type { Translate } from "../../language/translate.ts";

/** A circle as the plan counts it, so that going back to it does not shift the numbers of the others. */
export function circleTitle({ plan }: Meeting, { step, round }: Pick<EndedCircle, "step" | "round">, t: Translate): string {
  const circles = plan?.circles ?? [];
  const values = { number: step + 1, total: circles.length, theme: circles[step]?.theme ?? "" };
  return round > 1 ? t("circle.title-again", { ...values, round }) : t("circle.title", values);
}
