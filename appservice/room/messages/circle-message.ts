import { type Meeting, spentBy } from "../../circle/meeting.ts";
import { clockTime } from "../../language/translate.ts";
import { CONTENT_KEY } from "../../protocol/namespace.ts";
import type { MinutesState, Wording } from "../record-posts.ts";
import { type Line, notice, type RoomContent } from "./message.ts";
import { madeByLine, summaryLines } from "./summary-message.ts";

/** Root message of a circle: its theme and ring while it runs, its summary once it has ended. */
export function circleMessage(meeting: Meeting, index: number, minutes: MinutesState, wording: Wording): RoomContent {
  const { t, nameOf } = wording;
  const circles = meeting.plan?.circles ?? [];
  const circle = circles[index];
  const theme = circle?.theme ?? "";
  const spoken = timesOf(meeting, index);
  const isDone = index < (meeting.circle?.index ?? 0) || meeting.phase !== "circle";
  const ring = meeting.circle?.index === index ? meeting.circle.ring : [...spoken.keys()];
  const people = ring.map(nameOf).join(" → ");

  const lines: Line[] = [{ heading: t("circle.title", { number: index + 1, total: circles.length, theme }) }];
  if (isDone) {
    lines.push(...outcome(index, minutes, spoken.size > 0, wording));
    if (spoken.size > 0) {
      const times = [...spoken].map(([id, ms]) => `${nameOf(id)} ${clockTime(ms)}`).join(", ");
      lines.push({ small: t("circle.talk-time", { times }) });
    }
  } else {
    lines.push(t("circle.ring", { people }), { small: t("circle.time", { time: clockTime(circle?.limitMs ?? 0) }) });
  }
  const data = { meeting: meeting.id, index, kind: circle?.kind, theme, status: isDone ? "done" : "running", ring: [...ring] };
  return notice(lines, { [CONTENT_KEY.circle]: data, ...summaryData(index, minutes) });
}

function outcome(index: number, minutes: MinutesState, spoken: boolean, wording: Wording): Line[] {
  const { t } = wording;
  const entry = summaryOf(index, minutes);
  if (entry?.result.form === "summary") return [...summaryLines(entry.result, entry.madeBy, wording), madeByLine(entry.madeBy, wording)];
  if (minutes.failed.some(({ about }) => about.kind === "circle" && about.circle === index)) return [t("summary.failed")];
  return [t(spoken ? "circle.writing" : "circle.nothing-said")];
}

function summaryOf(index: number, minutes: MinutesState) {
  return minutes.made.findLast(({ about, result }) => about.kind === "circle" && about.circle === index && result.form === "summary");
}

function summaryData(index: number, minutes: MinutesState): RoomContent {
  const entry = summaryOf(index, minutes);
  return entry ? { [CONTENT_KEY.summary]: entry } : {};
}

function timesOf(meeting: Meeting, index: number): Map<string, number> {
  const times = new Map<string, number>();
  for (const turn of meeting.ended) {
    if (turn.circle === index && turn.startedAt !== null) times.set(turn.speaker, (times.get(turn.speaker) ?? 0) + turn.spentMs);
  }
  const { turn, circle } = meeting;
  if (turn && circle?.index === index && turn.startedAt !== null) {
    times.set(turn.speaker, (times.get(turn.speaker) ?? 0) + spentBy(turn, meeting.at));
  }
  return times;
}
