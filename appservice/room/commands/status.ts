import { z } from "zod";
import { stageOf } from "../../circle/kinds/kinds.ts";
import { type Meeting, runningCircle } from "../../circle/meeting.ts";
import { spentBy } from "../../circle/turn.ts";
import type { LiveMeeting } from "../../journal/live-meeting.ts";
import { handsInOrder } from "../../circle/order.ts";
import { clockTime } from "../../language/translate.ts";
import { circleTitle } from "../messages/circle-title.ts";
import { command } from "./command.ts";
import type { Uses } from "./context.ts";
import { say } from "./outcome.ts";

type Speaking = Uses<"t" | "nameOf" | "now">;

export const status = command({
  name: "status",
  group: "steer",
  args: z.array(z.string()),
  run: (_, context: Speaking & Uses<"live">) =>
    say(...linesFor(context.live?.meeting ?? null, context), ...setLine(context.live, context)),
});

/** Names the set that serves: readers should know where others would read other results. */
function setLine(live: LiveMeeting | null, { t }: Uses<"t">): string[] {
  const chosen = live?.record.served?.chosen;
  if (!chosen) return [];
  const { set, trial } = chosen;
  return [trial ? t("status.set-on-trial", { set, experiment: trial.experiment }) : t("status.set", { set })];
}

function linesFor(meeting: Meeting | null, { t, nameOf, now }: Speaking): string[] {
  if (!meeting) return [t("status.none")];
  if (meeting.phase === "ended") return [t("status.ended")];
  if (meeting.phase === "gathering") {
    const people = meeting.people
      .filter(({ presence }) => presence !== "left")
      .map(({ id }) => nameOf(id))
      .join(", ");
    return [people ? t("status.gathering", { people }) : t("status.gathering-empty")];
  }
  const { circle, turn } = meeting;
  const running = runningCircle(meeting);
  const lines: string[] = [];
  lines.push(circleTitle(meeting, circle, t));
  if (running && running.stage !== "round") lines.push(t(stageOf(running).status));
  if (meeting.phase === "between" && meeting.nextCircleAt !== null)
    lines.push(t("status.between", { seconds: Math.max(0, Math.ceil((meeting.nextCircleAt - now) / 1000)) }));
  if (turn?.status === "offered") lines.push(t("status.offered", { speaker: nameOf(turn.speaker) }));
  if (turn?.status === "speaking") {
    lines.push(t("status.word", { speaker: nameOf(turn.speaker), left: clockTime(turn.limitMs - spentBy(turn, now)) }));
  }
  const toCome = running ? [...running.waiting, ...running.kept.map(({ who }) => who)] : [];
  if (toCome.length > 0) lines.push(t("status.next", { people: toCome.map(nameOf).join(" → ") }));
  const hands = handsInOrder(meeting).filter(({ who }) => who !== turn?.speaker);
  if (hands.length > 0) lines.push(t("status.hands", { people: hands.map(({ who }) => nameOf(who)).join(", ") }));
  if (meeting.pausedAt !== null) lines.push(t(meeting.waitsForCall ? "call-away" : "status.paused"));
  return lines;
}
