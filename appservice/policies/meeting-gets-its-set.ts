import { isRunning } from "../circle/meeting.ts";
import type { LiveMeeting } from "../journal/live-meeting.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { ServedSets } from "../experiments/served-sets.ts";

type Deps = {
  /** Null where no file of experiments is configured. */
  readonly sets: Pick<ServedSets, "choose"> | null;
  readonly meetings: Pick<Meetings, "all" | "listen" | "noteAsItStands">;
  readonly now: () => number;
};

/**
 * Writes into a meeting's journal, once it has begun, which set serves it, and when people saw a result of it first. A
 * meeting that began before there was such a file gets its set at the next start.
 */
export function meetingGetsItsSet({ sets, meetings, now }: Deps): void {
  if (!sets) return;
  const choose = ({ meeting: { id } }: LiveMeeting) =>
    meetings.noteAsItStands(id, ({ meeting, record }) =>
      isRunning(meeting) && !record.served
        ? { type: "set-chosen", at: now(), chosen: sets.choose(meeting) }
        : undefined,
    );
  const show = ({ meeting: { id } }: LiveMeeting) =>
    meetings.noteAsItStands(id, ({ record }) =>
      record.served?.shownAt === null && record.minutes.length > 0 ? { type: "set-shown", at: now() } : undefined,
    );
  meetings.listen((live, happened) => {
    // First all hear of what happened.
    if (isRunning(live.meeting) && !live.record.served) queueMicrotask(() => choose(live));
    if (live.record.served?.shownAt === null && happened.some(({ event }) => event.type === "minutes-made"))
      queueMicrotask(() => show(live));
  });
  for (const live of meetings.all()) choose(live);
}
