import { circlesThatRan, decisionIn, type DecisionMade, lastAsked } from "../../circle/decisions.ts";
import type { Meeting, Person } from "../../circle/meeting.ts";
import { unevennessPercent } from "../../circle/talk-time.ts";
import { clockTime } from "../../language/translate.ts";
import { CONTENT_KEY } from "../../protocol/namespace.ts";
import type { MinutesState, Wording } from "../record-posts.ts";
import { stanceLines, verdictLine } from "./decision-lines.ts";
import { fitReasons } from "./fit-reasons.ts";
import { type Line, notice, type RoomContent } from "./message.ts";
import { makerLines, summaryData, summaryLines } from "./summary-message.ts";
import { talkTimeLines } from "./talk-time-lines.ts";

/** Root message of the whole meeting; its tasks stand in the thread. */
export function meetingMessage(meeting: Meeting, minutes: MinutesState, wording: Wording): RoomContent {
  const { t, nameOf } = wording;
  const spoke = new Set(meeting.ended.filter(({ startedAt }) => startedAt !== null).map(({ speaker }) => speaker));
  const people = meeting.people.filter(({ id }) => spoke.has(id)).map(({ id }) => nameOf(id)).join(", ");
  const lasted = clockTime((meeting.endedAt ?? 0) - (meeting.startedAt ?? 0));
  const summary = minutes.made.findLast(({ about, result }) => about.kind === "meeting" && result.form === "summary");
  const failed = minutes.failed.some(({ about }) => about.kind === "meeting");
  const tasks = minutes.made.flatMap(({ result }) => (result.form === "tasks" ? result.tasks.filter(({ status }) => status !== "dropped") : []));

  const lines: Line[] = [{ heading: t("meeting.title", { title: meeting.plan?.title ?? "" }) }];
  if (meeting.topic) lines.push(t("meeting.topic", { topic: meeting.topic }));
  if (people) lines.push(t("meeting.people", { people }));
  lines.push(t("meeting.length", { time: lasted }));
  const decisions = lastAsked(meeting).map((circle) => decisionIn({ ...circle, stances: fitReasons(circle.stances) }));
  for (const decision of decisions) lines.push(...decisionLines(decision, meeting, decisions.length, wording));
  if (summary?.result.form === "summary") lines.push(...summaryLines(summary.result, summary.madeBy, wording), ...makerLines(summary, wording));
  else if (failed) lines.push(t("summary.failed"));
  lines.push(tasks.length > 0 ? t("meeting.tasks", { count: tasks.length }) : t("meeting.no-tasks"));
  const found = foundIn(minutes);
  if (found.decisions > 0) lines.push(t("meeting.decisions-in-thread", { count: found.decisions }));
  if (found.questions > 0) lines.push(t("meeting.questions-in-thread", { count: found.questions }));
  const times = new Map(seated(meeting).map(({ id, spokenMs }) => [id, spokenMs]));
  lines.push(...talkTimeLines(times, "meeting.talk-time", wording));

  const { id, topic, startedAt, endedAt } = meeting;
  const data = { id, topic, startedAt, endedAt, scenario: meeting.plan?.scenario, people: meeting.people.map((person) => ({ ...person })), decisions, unevenness: unevennessPercent([...times.values()]) };
  return notice(lines, { [CONTENT_KEY.meeting]: data, ...(summary ? summaryData(summary, wording) : {}) });
}

function foundIn({ made }: MinutesState) {
  const decisions = made.flatMap(({ result }) => (result.form === "decisions" ? result.decisions : [])).filter(({ status }) => status !== "dropped");
  const questions = made.flatMap(({ result }) => (result.form === "questions" ? result.questions : [])).filter(({ status }) => status === "suggested" || status === "open");
  return { decisions: decisions.length, questions: questions.length };
}

/** Where a meeting asked more than one question, each answer stands with its own. */
function decisionLines(decision: DecisionMade, meeting: Meeting, count: number, wording: Wording): Line[] {
  const theme = count > 1 ? (meeting.plan?.circles[decision.step]?.theme ?? "") : "";
  const lead = theme ? `${wording.t("meeting.decision")} (${theme})` : wording.t("meeting.decision");
  return [{ lead, item: verdictLine(decision, wording) }, ...stanceLines(decision, [], wording)];
}

/** Whoever sat in a circle might have spoken; who came and went between them is left out. */
function seated(meeting: Meeting): Person[] {
  const sat = new Set(circlesThatRan(meeting).flatMap(({ ring }) => ring));
  return meeting.people.filter(({ id, spokenMs }) => sat.has(id) || spokenMs > 0);
}
