import { decisionsOf, tasksOf } from "../../protocol/record-contents.ts";
import { type Exported, itemLine, nameIn, summaryOfMeeting, titleOf } from "../exported-meeting.ts";
import type { RecordFormat } from "../file-format.ts";
import { HEAD, instant, quoted, textOf } from "../tasks/ical-lines.ts";
import { markOf, outsideTasks, type OutsideTask } from "../tasks/outside-task.ts";

/**
 * Calendar file (RFC 5545): the meeting itself, and a whole day for each task that has one. Tasks are events, since
 * most calendars pass over a VTODO; they make nobody busy, and suggestions are tentative.
 */
export default {
  about:
    "The meeting, and the days of its tasks, for any calendar: suggestions are tentative, what is done is left out",
  extension: "ics",
  mediaType: "text/calendar",
  write: (exported) => textOf([...HEAD, ...meetingLines(exported), ...taskLines(exported), "END:VCALENDAR"]),
} satisfies RecordFormat;

function meetingLines(exported: Exported): string[] {
  const { meeting } = exported;
  const from = instant(meeting.startedAt ?? meeting.at);
  const to = instant(meeting.endedAt ?? meeting.at);
  return event({ uid: `mindminder-${meeting.id}`, title: titleOf(exported), exported }, [
    `DTSTART:${from}`,
    // An end has to be later than its beginning (§3.6.1).
    ...(to > from ? [`DTEND:${to}`] : []),
    `DESCRIPTION:${quoted(outcomeOf(exported))}`,
    "STATUS:CONFIRMED",
  ]);
}

/** People, summary and decisions, for the meeting's note. */
function outcomeOf(exported: Exported): string {
  const { meeting, record, t } = exported;
  const decisions = decisionsOf(record).map((decision) => {
    const { text, facts } = itemLine(decision, exported);
    return `• ${text} (${facts})`;
  });
  return [
    meeting.people.map(({ name }) => name).join(", "),
    summaryOfMeeting(exported).join(" "),
    ...(decisions.length > 0 ? [[t("export.decisions"), ...decisions].join("\n")] : []),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function taskLines(exported: Exported): string[] {
  const { meeting, record, t } = exported;
  const source = { ...meeting, title: titleOf(exported), at: meeting.startedAt ?? meeting.at };
  const suggested = new Set(tasksOf(record).flatMap(({ id, status }) => (status === "suggested" ? [id] : [])));
  return outsideTasks({ meeting: source, record }, { suggestions: true, t }).flatMap((task) =>
    task.due === null || task.status !== "open" ? [] : dayOf(task, task.due, suggested.has(task.task), exported),
  );
}

/** An event of a date alone lasts that whole day (§3.6.1). */
function dayOf(task: OutsideTask, day: string, isSuggested: boolean, exported: Exported): string[] {
  const title = task.owner ? `${task.title} (${nameIn(exported, task.owner.id)})` : task.title;
  return event({ uid: markOf(task), title, exported }, [
    `DTSTART;VALUE=DATE:${day.replaceAll("-", "")}`,
    `DESCRIPTION:${quoted(task.description)}`,
    "TRANSP:TRANSPARENT",
    `STATUS:${isSuggested ? "TENTATIVE" : "CONFIRMED"}`,
  ]);
}

type EventHead = { readonly uid: string; readonly title: string; readonly exported: Exported };

/**
 * One entry. Its UID is the same each time, and its stamp later: a calendar that takes the file again puts right what
 * it has, and doubles nothing.
 */
function event({ uid, title, exported }: EventHead, lines: readonly string[]): string[] {
  const stamp = instant(exported.meeting.at);
  return ["BEGIN:VEVENT", `UID:${uid}`, `DTSTAMP:${stamp}`, `SUMMARY:${quoted(title)}`, ...lines, "END:VEVENT"];
}
