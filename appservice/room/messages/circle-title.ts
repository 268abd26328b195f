import { isOver } from "../../circle/decisions.ts";
import type { EndedCircle, Meeting } from "../../circle/meeting.ts";
import type { Translate } from "../../language/translate.ts";

/** A circle as the plan counts it, so that going back to it does not shift the numbers of the others. */
export function circleTitle(meeting: Meeting, { index, step, round }: Pick<EndedCircle, "index" | "step" | "round">, t: Translate): string {
  const circles = meeting.plan?.circles ?? [];
  const values = { number: step + 1, total: circles.length, theme: circles[step]?.theme ?? "", round };
  if (isOver(meeting, index)) return t(round > 1 ? "circle.over-again" : "circle.over", values);
  return t(round > 1 ? "circle.title-again" : "circle.title", values);
}
