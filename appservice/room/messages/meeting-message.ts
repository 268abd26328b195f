import { lastDecisions } from "../../circle/decisions.ts";
import { circlesThatRan, type Meeting, type Person, startOf, spanOf } from "../../circle/meeting.ts";
import { evennessPercent, somebodySpoke, unevennessPercent } from "../../circle/talk-time.ts";
import type { RecordState } from "../../record/state.ts";
import type { MinutesEntry } from "../../protocol/meeting-record.ts";
import { CONTENT_KEY } from "../../protocol/namespace.ts";
import type { MinutesState, Wording } from "../wording.ts";
import { marksOf } from "../marks.ts";
import { mapData, mapLines } from "./map-lines.ts";
import { announcement, type Line, type RoomContent } from "./message.ts";
import { decidedLines, openLines, ownersOf, toDoLines } from "./outcome-lines.ts";
import { saidLines } from "./said-lines.ts";
import { summaryData } from "./summary-message.ts";

/** Root message of the whole meeting: decisions, tasks and their owners, open questions, a summary. */
export function meetingMessage(
  meeting: Meeting,
  record: RecordState,
  minutes: MinutesState,
  wording: Wording,
): RoomContent {
  const title = titleOf(meeting);
  const summary = minutes.made.findLast(({ about, result }) => about.kind === "meeting" && result.form === "summary");
  const decisions = lastDecisions(meeting);
  const times = seated(meeting).map(({ spokenMs }) => spokenMs);
  const items = itemsIn(minutes);
  const said = saidLines(summary, items, minutes, record, wording);
  const map = minutes.made.findLast(({ result }) => result.form === "graph");

  const lines: Line[] = [
    [{ strong: title }, ` · ${[timeOf(meeting, wording), peopleIn(meeting, wording)].filter(Boolean).join(" · ")}`],
    ...decidedLines(decisions, items.decisions, meeting, wording),
    ...toDoLines(items.tasks, wording),
    ...openLines(items.questions, wording),
    ...said.lines,
    { small: footOf({ items, excerpts: said.excerpts }, minutes, times, wording) },
    ...(map && record.graph ? mapLines(record.graph, title, wording) : []),
  ];
  const start = startOf(meeting);
  const data = {
    id: meeting.id,
    topic: start?.topic ?? "",
    ...spanOf(meeting),
    scenario: start?.plan.scenario,
    people: meeting.people.map((person) => ({ ...person })),
    decisions,
    unevenness: unevennessPercent(times),
  };
  const machine = {
    [CONTENT_KEY.meeting]: data,
    ...(summary ? summaryData(summary, wording) : {}),
    ...(map && record.graph ? mapData(record.graph, map) : {}),
  };
  return announcement(lines, machine, ownersOf(items.tasks));
}

function titleOf(meeting: Meeting): string {
  const start = startOf(meeting);
  return start ? [start.plan.title, start.topic].filter(Boolean).join(": ") : "";
}

function timeOf(meeting: Meeting, { span }: Wording): string {
  const { startedAt, endedAt } = spanOf(meeting);
  return startedAt === null ? "" : span(startedAt, endedAt ?? startedAt);
}

function peopleIn({ ended, people }: Meeting, { nameOf }: Wording): string {
  const spoke = new Set(ended.filter(({ startedAt }) => startedAt !== null).map(({ speaker }) => speaker));
  return people
    .filter(({ id }) => spoke.has(id))
    .map(({ id }) => nameOf(id))
    .join(", ");
}

function itemsIn({ made }: MinutesState) {
  const results = made.map(({ result }) => result);
  return {
    decisions: results
      .flatMap((result) => (result.form === "decisions" ? result.decisions : []))
      .filter(({ status }) => status !== "dropped"),
    tasks: results
      .flatMap((result) => (result.form === "tasks" ? result.tasks : []))
      .filter(({ status }) => status !== "dropped"),
    questions: results
      .flatMap((result) => (result.form === "questions" ? result.questions : []))
      .filter(({ status }) => status === "suggested" || status === "open"),
  };
}

type Items = ReturnType<typeof itemsIn>;

/**
 * Foot of the message, once for the whole meeting: how to confirm what was found, what made the text above, how evenly
 * the time was shared, and where to read on.
 */
function footOf(
  { items, excerpts }: { items: Items; excerpts: boolean },
  { made }: MinutesState,
  times: readonly number[],
  { t }: Wording,
): string {
  const percent = somebodySpoke(times) ? evennessPercent(times) : null;
  return [
    ...signs(items, t),
    ...provenance(excerpts, signs(items, t).length > 0, made, t),
    ...(percent === null ? [] : [t("meeting.balance", { percent })]),
    t("meeting.transcript"),
  ].join(" · ");
}

function signs({ tasks, decisions, questions }: Items, t: Wording["t"]): string[] {
  const waits = (things: readonly { readonly status: string }[]) => things.some(({ status }) => status === "suggested");
  if (waits(tasks)) return [marksOf("task", t)];
  return waits(decisions) ? [marksOf("decision", t)] : waits(questions) ? [marksOf("question", t)] : [];
}

/**
 * Origin of the texts and suggestions. Tasks that people called out or confirmed need none: how they were found matters
 * to nobody.
 */
function provenance(excerpts: boolean, suggests: boolean, made: readonly MinutesEntry[], t: Wording["t"]): string[] {
  const models = new Set(made.flatMap(({ madeBy: { method, model } }) => (method === "llm" ? [model ?? ""] : [])));
  return [
    ...(excerpts ? [t("made.highlights")] : []),
    ...[...models].map((model) => t("made.llm", { model })),
    ...(suggests && !excerpts && models.size === 0 ? [t("made.rules")] : []),
    ...(made.some(({ madeBy }) => madeBy.withoutModel) ? [t("made.tokens-spent")] : []),
  ];
}

/** Keeps those who sat in a circle and might have spoken; people who came and went between circles are left out. */
function seated(meeting: Meeting): Person[] {
  const sat = new Set(circlesThatRan(meeting).flatMap(({ ring }) => ring));
  return meeting.people.filter(({ id, spokenMs }) => sat.has(id) || spokenMs > 0);
}
