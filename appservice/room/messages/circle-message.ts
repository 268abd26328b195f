import { decisionIn, isOver } from "../../circle/decisions.ts";
import { type EndedCircle, type Meeting, spentBy } from "../../circle/meeting.ts";
import type { PlannedCircle } from "../../circle/scenario.ts";
import { unevennessPercent } from "../../circle/talk-time.ts";
import { clockTime } from "../../language/translate.ts";
import type { ParticipantId } from "../../protocol/identity.ts";
import { CONTENT_KEY } from "../../protocol/namespace.ts";
import type { MinutesState, Wording } from "../record-posts.ts";
import { circleTitle } from "./circle-title.ts";
import { stanceLines, verdictLine } from "./decision-lines.ts";
import { fitReasons } from "./fit-reasons.ts";
import { type Line, notice, type RoomContent } from "./message.ts";
import { makerLines, summaryData, summaryLines } from "./summary-message.ts";
import { talkTimeLines } from "./talk-time-lines.ts";

/** Root message of a circle: how it goes while it runs, what came of it once it has ended. */
export function circleMessage(meeting: Meeting, ran: EndedCircle, minutes: MinutesState, wording: Wording): RoomContent {
  const { index, step, round, ring } = ran;
  const planned = meeting.plan?.circles[step];
  const over = isOver(meeting, index);
  const times = timesOf(meeting, ran);
  const stances = fitReasons(ran.stances);
  const decision = planned?.kind === "consent" ? decisionIn({ ...ran, stances }) : null;
  const silent = ring.filter((id) => !ran.stances.some(({ who }) => who === id));

  const lines: Line[] = [{ heading: circleTitle(meeting, ran, wording.t) }];
  if (decision && over) lines.push(verdictLine(decision, wording));
  if (decision) lines.push(...stanceLines(decision, over ? [] : silent, wording));
  if (over) {
    const said = { spoken: [...times.values()].some((ms) => ms > 0), mayFollow: meeting.phase !== "ended" || minutes.pending };
    lines.push(...outcome(index, minutes, said, wording), ...talkTimeLines(times, "circle.talk-time", wording));
  } else if (planned) {
    lines.push(...howItGoes(planned, ring, wording), ...soFar(index, "circle.so-far", minutes, wording));
  }

  const data = {
    meeting: meeting.id, index, step, round, kind: planned?.kind, theme: planned?.theme ?? "", status: over ? "done" : "running", ring: [...ring],
    ...(over ? { talkTime: Object.fromEntries(times), unevenness: unevennessPercent([...times.values()]) } : {}),
    ...(decision ? { stances: stances.map(({ who, position, reason }) => ({ who, position, reason })), verdict: over ? decision.verdict : null } : {}),
  };
  return notice(lines, { [CONTENT_KEY.circle]: data, ...summaryOfCircle(index, minutes, wording) });
}

function howItGoes({ kind, limitMs, circleMs }: PlannedCircle, ring: readonly ParticipantId[], { t, nameOf }: Wording): Line[] {
  const how: Line[] = [t("circle.ring", { people: ring.map(nameOf).join(" → ") })];
  if (kind === "open-floor") how[0] = t("circle.how-floor");
  if (kind === "silent-writing") how.unshift(t("circle.how-writing", { time: clockTime(circleMs ?? limitMs) }));
  if (kind === "consent") how.push(t("circle.how-consent"));
  return [...how, { small: t("circle.time", { time: clockTime(limitMs) }) }, { small: t("circle.controls") }];
}

type Said = { readonly spoken: boolean; readonly mayFollow: boolean };

function outcome(index: number, minutes: MinutesState, { spoken, mayFollow }: Said, wording: Wording): Line[] {
  const { t } = wording;
  const entry = summaryOf(index, minutes);
  if (entry?.result.form === "summary") return [...summaryLines(entry.result, entry.madeBy, wording), ...makerLines(entry, wording)];
  if (minutes.failed.some(({ about }) => about.kind === "circle" && about.circle === index)) return [t("summary.failed")];
  if (!spoken) return [t("circle.nothing-said")];
  if (!mayFollow) return [];
  const growing = soFar(index, "circle.growing", minutes, wording);
  return growing.length > 0 ? growing : [t("circle.writing")];
}

/** What grows of a circle's summary, and that it is not finished. */
function soFar(index: number, note: "circle.so-far" | "circle.growing", { growing = [] }: MinutesState, wording: Wording): Line[] {
  const entry = growing.find(({ about, sentences }) => about.kind === "circle" && about.circle === index && sentences.length > 0);
  return entry ? [{ small: wording.t(note) }, ...summaryLines(entry, entry, wording)] : [];
}

function summaryOf(index: number, minutes: MinutesState) {
  return minutes.made.findLast(({ about, result }) => about.kind === "circle" && about.circle === index && result.form === "summary");
}

function summaryOfCircle(index: number, minutes: MinutesState, wording: Wording): RoomContent {
  const entry = summaryOf(index, minutes);
  return entry ? summaryData(entry, wording) : {};
}

/** Time of all who sat in the circle, also of those who said nothing, and of the turn that still runs. */
function timesOf(meeting: Meeting, { index, ring }: EndedCircle): Map<ParticipantId, number> {
  const times = new Map<ParticipantId, number>(ring.map((id) => [id, 0]));
  const add = (id: ParticipantId, ms: number) => times.set(id, (times.get(id) ?? 0) + ms);
  for (const turn of meeting.ended) if (turn.circle === index) add(turn.speaker, turn.spentMs);
  const { turn, circle } = meeting;
  if (turn && circle?.index === index) add(turn.speaker, spentBy(turn, meeting.at));
  return times;
}
