import { isOver, type Meeting, themeOf, startOf } from "../../circle/meeting.ts";
import type { EndedCircle } from "../../circle/circle.ts";
import type { Translate } from "../../language/translate.ts";

/** A circle as the plan counts it, so that going back to it does not shift the numbers of the others. */
export function circleTitle(
  meeting: Meeting,
  circle: Pick<EndedCircle, "index" | "step" | "round" | "theme">,
  t: Translate,
): string {
  const { index, step, round } = circle;
  const values = {
    number: step + 1,
    total: startOf(meeting)?.plan?.circles.length ?? 0,
    theme: themeOf(meeting, circle),
    round,
  };
  if (isOver(meeting, index)) return t(round > 1 ? "circle.over-again" : "circle.over", values);
  return t(round > 1 ? "circle.title-again" : "circle.title", values);
}
