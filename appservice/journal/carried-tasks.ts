import { startOf } from "../circle/meeting.ts";
import type Database from "better-sqlite3";
import { type CorrectionMade, correctionsOf } from "../protocol/correction.ts";
import type { MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { Task } from "../protocol/meeting-record.ts";
import type { LiveMeeting } from "./live-meeting.ts";
import type { Meetings } from "./meetings.ts";
import { TYPE_OF_ENTRY } from "../store/migrations/entry-values.ts";
import { nextTurn } from "../time/time.ts";

/**
 * A task of an earlier meeting of the room. It stays a task of that meeting: here is where it is read and corrected.
 */
export type CarriedTask = {
  readonly meeting: MeetingId;
  /** Time at which that meeting began. */
  readonly at: number;
  readonly task: Task;
  readonly corrections: readonly CorrectionMade[];
  readonly people: readonly { readonly id: ParticipantId; readonly name: string }[];
};

/** The meeting into which they come. */
type Into = { readonly id: string; readonly roomId: RoomId; readonly startedAt: number | null };
type Known = { readonly at: number; readonly tasks: readonly CarriedTask[] };

/** Most meetings with tasks that are looked at; older tasks are not looked for. */
const MOST_MEETINGS = 30;

/** Open tasks come back with the next meeting of the room, until somebody finishes them or says that they are none. */
export class CarriedTasks {
  readonly #db: Database.Database;
  readonly #meetings: Meetings;
  readonly #rooms = new Map<RoomId, Map<MeetingId, Known>>();
  readonly #reading = new Map<RoomId, { readonly known: Map<MeetingId, Known>; readonly done: Promise<void> }>();

  constructor(db: Database.Database, meetings: Meetings) {
    this.#db = db;
    this.#meetings = meetings;
  }

  /** Forgets the room, some of whose meetings are gone: the others are read anew. */
  forget(room: RoomId): void {
    this.#rooms.delete(room);
    void this.#reading.get(room)?.done.then(
      () => this.#rooms.delete(room),
      () => {},
    ); // who waits for it is told
  }

  /** Called with each change of a record. */
  learn(live: LiveMeeting): void {
    const { id, roomId } = live.meeting;
    (this.#rooms.get(roomId) ?? this.#reading.get(roomId)?.known)?.set(id, knownOf(live));
  }

  /** Tasks that were open when a meeting began, as they are now; the most urgent first. */
  async into(meeting: Into): Promise<CarriedTask[]> {
    await this.read(meeting.roomId);
    return this.known(meeting) ?? [];
  }

  /** The same as far as it is at hand; null: the room's meetings are to be read first. */
  known({ roomId, startedAt }: Into): CarriedTask[] | null {
    if (startedAt === null) return [];
    const known = this.#rooms.get(roomId);
    if (!known) return null;
    const earlier = [...known.values()].filter(({ at }) => at < startedAt);
    const open = earlier.flatMap(({ tasks }) => tasks.filter((carried) => wasOpen(carried, startedAt)));
    return open.sort((a, b) => (a.task.due ?? "9").localeCompare(b.task.due ?? "9") || a.at - b.at);
  }

  /** Reads what the room's earlier meetings left open, once and bit by bit: thirty long meetings take seconds. */
  read(room: RoomId): Promise<void> {
    if (this.#rooms.has(room)) return Promise.resolve();
    const under = this.#reading.get(room);
    if (under) return under.done;
    const known = new Map<MeetingId, Known>();
    const done = this.#readInto(known, room).finally(() => this.#reading.delete(room));
    this.#reading.set(room, { known, done });
    return done;
  }

  async #readInto(known: Map<MeetingId, Known>, room: RoomId): Promise<void> {
    const earlier = this.#withTasks(room);
    for (const id of earlier) {
      await nextTurn();
      const live = await this.#meetings.readByAndBy(room, id);
      // Meetings learnt of meanwhile are newer.
      if (live && !known.has(id)) known.set(id, knownOf(live));
    }
    this.#rooms.set(room, known);
  }

  #withTasks(room: RoomId): MeetingId[] {
    const sql = `SELECT id FROM meetings AS m WHERE room = ? AND EXISTS (
                   SELECT 1 FROM events INDEXED BY events_by_type WHERE meeting = m.id AND kind = 'record' AND ${TYPE_OF_ENTRY} = 'minutes-made' AND json_array_length(body, '$.entry.result.tasks') > 0)
                 ORDER BY started DESC LIMIT ${MOST_MEETINGS}`;
    return (this.#db.prepare(sql).all(room) as { id: MeetingId }[]).map(({ id }) => id);
  }
}

function knownOf({ meeting, record }: LiveMeeting): Known {
  const at = startOf(meeting)?.startedAt ?? meeting.at;
  const tasks = record.minutes.flatMap(({ result }) => (result.form === "tasks" ? result.tasks : []));
  const { id, people } = meeting;
  return {
    at,
    tasks: tasks.map((task) => ({
      meeting: id,
      at,
      task,
      people,
      corrections: correctionsOf(record.corrections, { of: "task", id: task.id }),
    })),
  };
}

function wasOpen({ task, corrections }: CarriedTask, at: number): boolean {
  const since = corrections.find((made) => made.at > at);
  return since?.of === "task" ? since.before.status === "open" : task.status === "open";
}
