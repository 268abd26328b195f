import type Database from "better-sqlite3";
import { type CorrectionMade, correctionsOf } from "../protocol/correction.ts";
import type { MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { Task } from "../protocol/meeting-record.ts";
import type { LiveMeeting, Meetings } from "./meetings.ts";

/** A task of an earlier meeting of the room. It stays a task of that meeting: here is where it is read and corrected. */
export type CarriedTask = {
  readonly meeting: MeetingId;
  /** When that meeting began. */
  readonly at: number;
  readonly task: Task;
  readonly corrections: readonly CorrectionMade[];
  readonly people: readonly { readonly id: ParticipantId; readonly name: string }[];
};

type Known = { readonly at: number; readonly tasks: readonly CarriedTask[] };

/** What is older than so many meetings with tasks is not looked for. */
const MOST_MEETINGS = 30;

/** Open tasks come back with the next meeting of the room, until somebody finishes them or says that they are none. */
export class CarriedTasks {
  readonly #db: Database.Database;
  readonly #meetings: Meetings;
  readonly #rooms = new Map<RoomId, Map<MeetingId, Known>>();

  constructor(db: Database.Database, meetings: Meetings) {
    this.#db = db;
    this.#meetings = meetings;
  }

  /** Called with each change of a record. */
  learn(live: LiveMeeting): void {
    this.#rooms.get(live.meeting.roomId)?.set(live.meeting.id, knownOf(live));
  }

  /** Those that were open when a meeting began, as they are now; the most urgent first. */
  into({ id, roomId, startedAt }: { readonly id: MeetingId; readonly roomId: RoomId; readonly startedAt: number | null }): CarriedTask[] {
    if (startedAt === null) return [];
    const earlier = [...this.#of(roomId)].filter(([meeting, { at }]) => meeting !== id && at < startedAt);
    const open = earlier.flatMap(([, { tasks }]) => tasks.filter((carried) => wasOpen(carried, startedAt)));
    return open.sort((a, b) => (a.task.due ?? "9").localeCompare(b.task.due ?? "9") || a.at - b.at);
  }

  #of(room: RoomId): Map<MeetingId, Known> {
    const known = this.#rooms.get(room);
    if (known) return known;
    const fresh = new Map<MeetingId, Known>();
    for (const id of this.#withTasks(room)) {
      const live = this.#meetings.find(room, id);
      if (live) fresh.set(id, knownOf(live));
    }
    this.#rooms.set(room, fresh);
    return fresh;
  }

  #withTasks(room: RoomId): MeetingId[] {
    const sql = `SELECT id FROM meetings AS m WHERE room = ? AND EXISTS (
                   SELECT 1 FROM events WHERE meeting = m.id AND kind = 'record' AND json_extract(body, '$.type') = 'minutes-made' AND json_array_length(body, '$.entry.result.tasks') > 0)
                 ORDER BY started DESC LIMIT ${MOST_MEETINGS}`;
    return (this.#db.prepare(sql).all(room) as { id: MeetingId }[]).map(({ id }) => id);
  }
}

function knownOf({ meeting, record }: LiveMeeting): Known {
  const at = meeting.startedAt ?? meeting.at;
  const tasks = record.minutes.flatMap(({ result }) => (result.form === "tasks" ? result.tasks : []));
  const { id, people } = meeting;
  return { at, tasks: tasks.map((task) => ({ meeting: id, at, task, people, corrections: correctionsOf(record.corrections, { of: "task", id: task.id }) })) };
}

function wasOpen({ task, corrections }: CarriedTask, at: number): boolean {
  const since = corrections.find((made) => made.at > at);
  return since?.of === "task" ? since.before.status === "open" : task.status === "open";
}
