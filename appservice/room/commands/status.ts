import { z } from "zod";
import { nextInCircle, type Meeting, spentBy } from "../../circle/meeting.ts";
import { clockTime } from "../../language/translate.ts";
import { command, type CommandContext } from "./command.ts";

export const status = command({
  name: "status", usage: "", summary: "command.help.status", args: z.array(z.string()),
  run: (_, context) => ({ outcome: "say", lines: linesFor(context.live?.meeting ?? null, context) }),
});

function linesFor(meeting: Meeting | null, { t, nameOf, now }: CommandContext): string[] {
  if (!meeting) return [t("status.none")];
  if (meeting.phase === "ended") return [t("status.ended")];
  if (meeting.phase === "gathering") {
    const people = meeting.people.filter(({ presence }) => presence !== "left").map(({ id }) => nameOf(id)).join(", ");
    return [people ? t("status.gathering", { people }) : t("status.gathering-empty")];
  }
  const { circle, plan, turn } = meeting;
  const lines: string[] = [];
  if (circle && plan) {
    lines.push(t("status.circle", { number: circle.index + 1, total: plan.circles.length, theme: plan.circles[circle.index]?.theme ?? "" }));
  }
  if (meeting.phase === "between") {
    lines.push(t("status.between", { seconds: Math.max(0, Math.ceil(((meeting.nextCircleAt ?? now) - now) / 1000)) }));
  }
  if (turn?.status === "offered") lines.push(t("status.offered", { speaker: nameOf(turn.speaker) }));
  if (turn?.status === "speaking") {
    lines.push(t("status.word", { speaker: nameOf(turn.speaker), left: clockTime(turn.limitMs - spentBy(turn, now)) }));
  }
  const next = circle && nextInCircle(circle);
  if (next) lines.push(t("status.next", { people: [...circle.waiting, ...circle.kept.map(({ who }) => who)].map(nameOf).join(" → ") }));
  if (meeting.pausedAt !== null) lines.push(t("status.paused"));
  return lines;
}
