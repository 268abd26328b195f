import { decisionIn } from "../../circle/decisions.ts";
import type { DecisionMade } from "../../circle/kinds/contract.ts";
import { KINDS } from "../../circle/kinds/kinds.ts";
import { isOver, type Meeting, themeOf, startOf, turnOf, circleOf, personOf } from "../../circle/meeting.ts";
import type { EndedCircle } from "../../circle/circle.ts";
import { spentBy } from "../../circle/turn.ts";
import type { PlannedCircle } from "../../circle/scenario.ts";
import { unevennessPercent } from "../../circle/talk-time.ts";
import { clockTime } from "../../language/translate.ts";
import type { ParticipantId } from "../../protocol/identity.ts";
import { CONTENT_KEY } from "../../protocol/namespace.ts";
import type { MinutesState, Wording } from "../wording.ts";
import { circleTitle } from "./circle-title.ts";
import { stanceLines, verdictLine } from "./decision-lines.ts";
import { announcement, type Line, notice, type RoomContent, type Span } from "./message.ts";
import { steeredData, steeredLines } from "./steered-lines.ts";
import { summaryData, summaryLines } from "./summary-message.ts";

type Times = ReadonlyMap<ParticipantId, number>;

/**
 * Root message of a circle: how it goes while it runs, with who has the word; one line once it has ended, and what was
 * decided.
 */
export function circleMessage(
  meeting: Meeting,
  ran: EndedCircle,
  minutes: MinutesState,
  wording: Wording,
): RoomContent {
  const { index, step, round, ring } = ran;
  const planned = startOf(meeting)?.plan?.circles[step];
  const over = isOver(meeting, index);
  const times = timesOf(meeting, ran);
  const kind = KINDS[ran.kind];
  const decision = decisionIn(ran);
  const called = calledByChat(meeting, index);

  const title: Span = { strong: circleTitle(meeting, ran, wording.t) };
  const lines: Line[] = [over ? [title, ` · ${whatWasSaid(ran, times, wording)}`] : [title]];
  if (!over && index === 0) lines.push(...topicLine(meeting, planned?.theme ?? "", wording));
  if (!over) lines.push(...wordLines(meeting, index, called, wording));
  if (decision && over) lines.push(verdictLine(decision, wording));
  if (decision) lines.push(...stanceLines(decision, over ? [] : silentIn(ring, decision), wording));
  lines.push(...(kind.lines?.(ran, over, wording) ?? []));
  if (!over && planned) lines.push(...howItGoes(planned, ring, wording), ...soFar(index, minutes, wording));

  lines.push(...steeredLines(meeting, ran, wording));

  const data = {
    meeting: meeting.id,
    index,
    step,
    round,
    kind: planned?.kind,
    theme: themeOf(meeting, ran),
    status: over ? "done" : "running",
    ring: [...ring],
    ...steeredData(ran),
    ...(over ? { talkTime: Object.fromEntries(times), unevenness: unevennessPercent([...times.values()]) } : {}),
    ...kind.machine?.(ran, over),
  };
  // The beginning of a meeting is told to all; that it goes on, to nobody. Once over, all circles look alike beside the
  // meeting's message.
  const message = index === 0 && !over ? announcement : notice;
  return message(
    lines,
    { [CONTENT_KEY.circle]: data, ...summaryOfCircle(index, minutes, wording) },
    called === null ? [] : [called],
  );
}

/** Topic of the meeting, where its first question does not name it. */
function topicLine(meeting: Meeting, theme: string, { t }: Wording): Line[] {
  const topic = startOf(meeting)?.topic ?? "";
  return topic === "" || theme.includes(topic) ? [] : [t("circle.topic", { topic })];
}

/** Speaker who is not in the call, where they would see that they have the floor: the message mentions them. */
function calledByChat(meeting: Meeting, index: number): ParticipantId | null {
  const turn = turnOf(meeting);
  if (!turn || circleOf(meeting)?.index !== index || !turn.speaker.startsWith("@")) return null;
  return personOf(meeting, turn.speaker)?.presence === "call" ? null : turn.speaker;
}

/** People in the ring who have not answered yet. */
function silentIn(ring: readonly ParticipantId[], { consents, objections }: DecisionMade): readonly ParticipantId[] {
  return ring.filter((id) => !consents.includes(id) && !objections.some(({ who }) => who === id));
}

function wordLines(meeting: Meeting, index: number, called: ParticipantId | null, { t, nameOf }: Wording): Line[] {
  const turn = turnOf(meeting);
  if (!turn || circleOf(meeting)?.index !== index) return [];
  const name = nameOf(turn.speaker);
  if (called !== null) return [[{ person: called, name }, t("turn.call")]];
  return [t("circle.word", { speaker: name })];
}

function howItGoes(planned: PlannedCircle, ring: readonly ParticipantId[], wording: Wording): Line[] {
  const { t, nameOf } = wording;
  const order = t("circle.ring", { people: ring.map(nameOf).join(" → ") });
  const how = KINDS[planned.kind].how?.(order, planned, wording) ?? [order];
  return [...how, { small: t("circle.time", { time: clockTime(planned.limitMs) }) }, { small: t("circle.controls") }];
}

/** Number of speakers and their time; where nobody spoke, the circle's other outcome. */
function whatWasSaid({ kind, data }: EndedCircle, times: Times, wording: Wording): string {
  const { t } = wording;
  const spoke = [...times.values()].filter((ms) => ms > 0);
  const time = clockTime(spoke.reduce((sum, ms) => sum + ms, 0));
  if (spoke.length > 0) return t("circle.spoke", { count: spoke.length, time });
  return KINDS[kind].outcome?.(data, wording) ?? t("circle.nothing-said");
}

/** Notes of a language model on the turns so far. Excerpts, word for word, stand in the thread already. */
function soFar(index: number, { growing = [] }: MinutesState, wording: Wording): Line[] {
  const entry = growing.find(
    ({ about, method, sentences }) =>
      about.kind === "circle" && about.circle === index && method === "llm" && sentences.length > 0,
  );
  return entry ? [{ small: wording.t("circle.so-far") }, ...summaryLines(entry, entry, wording)] : [];
}

function summaryOfCircle(index: number, minutes: MinutesState, wording: Wording): RoomContent {
  const entry = minutes.made.findLast(
    ({ about, result }) => about.kind === "circle" && about.circle === index && result.form === "summary",
  );
  return entry ? summaryData(entry, wording) : {};
}

/** Time of all who sat in the circle, also of those who said nothing, and of the turn that still runs. */
function timesOf(meeting: Meeting, { index, ring }: EndedCircle): Times {
  const times = new Map<ParticipantId, number>(ring.map((id) => [id, 0]));
  const add = (id: ParticipantId, ms: number) => times.set(id, (times.get(id) ?? 0) + ms);
  for (const turn of meeting.ended) if (turn.circle === index) add(turn.speaker, turn.spentMs);
  const turn = turnOf(meeting);
  if (turn && circleOf(meeting)?.index === index) add(turn.speaker, spentBy(turn, meeting.at));
  return times;
}
