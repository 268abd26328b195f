import type { Logger } from "pino";
import { type Meeting, startOf } from "../../circle/meeting.ts";
import type { ExportedTask, ExportedTasks } from "../../store/exported-tasks.ts";
import type { KnownRooms } from "../../store/known-rooms.ts";
import type { LiveMeeting } from "../../journal/live-meeting.ts";
import type { Meetings } from "../../journal/meetings.ts";
import type { PostKey } from "../../journal/post-key.ts";
import { translateTo } from "../../language/translate.ts";
import { insider } from "../../protocol/actor.ts";
import { type Language, ParticipantId, type RoomId } from "../../protocol/identity.ts";
import { outsideTasks } from "./outside-task.ts";
import { type ExportOptions, openTargets } from "./registry.ts";
import { SENTENCES, TargetCondition } from "./target-condition.ts";
import type { TargetFailure } from "./target-problem.ts";
import { TaskExport } from "./task-export.ts";

type Deps = {
  readonly folder: string;
  readonly log: Logger;
  readonly now: () => number;
  readonly meetings: Pick<Meetings, "past" | "readNow" | "readByAndBy" | "correct">;
  readonly knownRooms: KnownRooms;
  readonly sent: ExportedTasks;
  readonly languageOf: (room: RoomId) => Language;
  /** Posts a text in a room; the same key posts it once. */
  readonly tell: (room: RoomId, key: PostKey, text: string) => void;
  /** Called when people would see a change in a meeting's tasks. */
  readonly onStands: (live: LiveMeeting) => void;
};

/** Export of tasks as the rest of the service sees it. */
export type TasksOutside = ReturnType<typeof exportTasks>;

export function exportTasks(options: ExportOptions, parts: Deps) {
  const { folder, log, now, meetings, knownRooms, sent, languageOf, tell, onStands } = parts;
  const targets = openTargets(options, { folder, now });
  /** Tells whether the admin has opened a target to a room; people who keep its meetings choose among those. */
  const openTo = (room: RoomId, name: string) => {
    const target = targets.get(name);
    return target !== undefined && (target.options.rooms?.includes(room) ?? true);
  };
  const targetOf = (room: RoomId) => {
    const chosen = knownRooms.choicesOf(room).taskTarget;
    return chosen !== null && openTo(room, chosen) ? chosen : null;
  };
  const condition = new TargetCondition({
    sent,
    now,
    tell: (room, { key, say, values }) => tell(room, key, translateTo(languageOf(room))(say, values)),
  });
  const sending = new TaskExport({
    targets,
    sent,
    targetOf,
    condition,
    now,
    log,
    onStands: async (room, meeting) => {
      const found = await meetings.readByAndBy(room, meeting);
      if (found) onStands(found);
    },
    onDone: (task) => finishing(task, parts),
  });
  const project = ({ meeting, record }: LiveMeeting) => {
    const target = targetOf(meeting.roomId);
    if (target === null) return;
    const { suggestions } = targets.get(target)?.options ?? { suggestions: false };
    sending.want(
      meeting.roomId,
      outsideTasks(
        { meeting: { ...meeting, title: titleOf(meeting), at: startOf(meeting)?.startedAt ?? meeting.at }, record },
        { suggestions, t: translateTo(meeting.language) },
      ),
    );
  };
  /** Reads earlier meetings bit by bit, so that nobody waits for them. */
  const projectPast = async (room: RoomId) => {
    for (const { id } of await meetings.past(room)) {
      const found = await meetings.readByAndBy(room, id);
      if (found) project(found);
    }
  };
  const problemOf = (room: RoomId) => {
    const target = targetOf(room);
    const code = target === null ? undefined : (sent.failingSince(target)?.problem as TargetFailure | undefined);
    return target === null || code === undefined ? null : translateTo(languageOf(room))(SENTENCES[code], { target });
  };
  const pastFailed = (room: RoomId) => (error: unknown) =>
    log.error({ room, err: error }, "the tasks of earlier meetings could not be gathered");
  const use = (room: RoomId, name: string | null) => {
    knownRooms.chooseTaskTarget(room, name);
    sent.giveUp(room, name);
    void projectPast(room).catch(pastFailed(room));
  };
  /** Starts after the present event: nothing goes outside before it is written that somebody asked for it. */
  const again = (room: RoomId) =>
    queueMicrotask(() => void Promise.all([projectPast(room), sending.again(room)]).catch(pastFailed(room)));

  return {
    project,
    start: () => sending.start(),
    /** Looks what waits: a room with its tasks came from another shard. */
    wake: () => sending.wake(),
    stop: () => sending.stop(),
    /** Place of a task besides the room; null where it stands nowhere else. */
    outside: ({ id: meeting, roomId }: Pick<Meeting, "id" | "roomId">, task: string) => {
      const target = targetOf(roomId);
      const row = target === null ? null : sent.find({ target, meeting, task });
      return row?.externalId != null && row.error !== "gone" && target !== null ? { target, url: row.url } : null;
    },
    ofRoom: (room: RoomId) => ({
      targets: [...targets].filter(([name]) => openTo(room, name)).map(([name, { type }]) => ({ name, type })),
      chosen: targetOf(room),
      standing: () => sent.count(targetOf(room) ?? "", room),
      problem: () => problemOf(room),
      items: () => sent.items(targetOf(room) ?? "", room),
      use: (name: string | null) => use(room, name),
      again: () => again(room),
    }),
  };
}

function titleOf(meeting: Meeting): string {
  const start = startOf(meeting);
  if (!start) return "";
  return start.topic === "" ? start.plan.title : `${start.plan.title}: ${start.topic}`;
}

/**
 * Makes ready to finish a task that was finished outside: its meeting may be long over, and is read bit by bit. The
 * target is named as the one who did it, for we know no better.
 */
async function finishing(
  { target, room, meeting, task }: ExportedTask,
  { meetings, now, log }: Deps,
): Promise<() => void> {
  await meetings.readByAndBy(room, meeting);
  return () => {
    const live = meetings.readNow(room, meeting);
    if (!live) return;
    const actor = insider(ParticipantId.parse(`export:${target}`), target, "export");
    const decision = meetings.correct(live, { of: "task", id: task, status: "done" }, null, { actor, at: now() });
    if (!decision.accepted)
      log.warn(
        { target, room, meeting, task, code: decision.refusal.code },
        "a task that was finished outside could not be finished here",
      );
  };
}
