import type { MeetingRecord, MinutesEntry } from "../protocol/meeting-record.ts";
import { NOTHING_SHOWN } from "../circle/kinds/words.ts";
import type { MeetingSnapshot } from "../protocol/meeting-snapshot.ts";
import type { Sight } from "../store/sight.ts";
import { restingIn } from "../record/taken-back.ts";

type Shown = { readonly meeting: MeetingSnapshot; readonly record: MeetingRecord };

/** Part of a meeting that somebody may see: events from while they could see it, and results made of these alone. */
export function seenBy(sight: Sight, { meeting, record }: Shown): Shown {
  return { meeting: { ...meeting, circles: circlesSeen(sight, meeting, record) }, record: recordSeen(sight, record) };
}

/** Tells whether somebody may see all of a meeting, some of it or nothing. */
export function seesOf(
  sight: Sight,
  { startedAt, endedAt }: { readonly startedAt: number | null; readonly endedAt: number | null },
): ReturnType<Sight["during"]> {
  return startedAt === null ? "all" : sight.during(startedAt, endedAt);
}

function recordSeen(sight: Sight, record: MeetingRecord): MeetingRecord {
  const utterances = record.utterances.filter(({ startedAt }) => sight.at(startedAt));
  const comments = record.comments.filter(({ at }) => sight.at(at));
  const seen = new Set([...utterances, ...comments].map(({ id }) => id));
  const rests = ({ from }: { readonly from: readonly string[] }) => from.every((id) => seen.has(id));
  const minutes = record.minutes.flatMap((entry) => entrySeen(entry, rests));
  const items = new Set(minutes.flatMap(({ result }) => restingIn(result).flatMap(({ id }) => id ?? [])));
  const growing = record.growing?.map((each) => ({ ...each, sentences: each.sentences.filter(rests) }));
  return {
    ...record,
    utterances,
    comments,
    minutes,
    turns: record.turns.filter(({ startedAt, endedAt }) => sight.during(startedAt ?? endedAt, endedAt) !== "nothing"),
    // Earlier words of a summary may rest on anything.
    corrections: record.corrections.filter(({ of, id }) =>
      of === "utterance" ? seen.has(id) : of !== "summary" && items.has(id),
    ),
    ...(growing ? { growing } : {}),
  };
}

/**
 * Leaves of a result the items that rest on things seen. One that rests on nothing by name is shown to those alone who
 * may see the whole.
 */
function entrySeen(
  entry: MinutesEntry,
  rests: (item: { readonly from: readonly string[] }) => boolean,
): MinutesEntry[] {
  const { result } = entry;
  switch (result.form) {
    case "summary":
      return [{ ...entry, result: { ...result, sentences: result.sentences.filter(rests) } }];
    case "tasks":
      return [{ ...entry, result: { ...result, tasks: result.tasks.filter(rests) } }];
    case "decisions":
      return [{ ...entry, result: { ...result, decisions: result.decisions.filter(rests) } }];
    case "questions":
      return [
        {
          ...entry,
          result: {
            ...result,
            questions: result.questions.filter((question) => rests(question) && rests({ from: question.answeredIn })),
          },
        },
      ];
    case "graph":
      return [{ ...entry, result: { ...result, same: [] } }];
    case "note":
      return [];
  }
}

/** Circles seen, dated by the turns around them, so that rather too little is shown of one that had none. */
function circlesSeen(sight: Sight, meeting: MeetingSnapshot, { turns }: MeetingRecord): MeetingSnapshot["circles"] {
  const spoken = turns.map(({ circle, startedAt, endedAt }) => ({ circle, from: startedAt ?? endedAt, to: endedAt }));
  return meeting.circles.map((circle) => {
    if (circle.status !== "done") return circle;
    const from = spoken.findLast((turn) => turn.circle < circle.index)?.to ?? meeting.startedAt ?? 0;
    const to = spoken.find((turn) => turn.circle > circle.index)?.from ?? meeting.endedAt;
    return sight.during(from, to) === "all" ? circle : { ...circle, ...NOTHING_SHOWN };
  });
}
