import { startOf, spanOf } from "../circle/meeting.ts";
import type { CarriedTask } from "../journal/carried-tasks.ts";
import { taskIn } from "../record/found-items.ts";
import type { LiveMeeting } from "../journal/live-meeting.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { MeetingRecord, Task } from "../protocol/meeting-record.ts";
import type { MeetingId, RoomId } from "../protocol/identity.ts";
import { authorsOf, may, type RightsHolder } from "../protocol/rights.ts";
import { TASK_ROUTES } from "../protocol/routes/tasks.ts";
import type { ExportResponse } from "../protocol/tasks-api.ts";
import { ApiFailure } from "./api-failure.ts";
import type { Handler, Handlers } from "./bind.ts";
import { maySee, type NotingDeps, shownTo, type Visitor } from "./visitor.ts";

type TaskRoutes = typeof TASK_ROUTES;

/** Place where a room's tasks go besides the room. */
export type RoomTasksOutside = Omit<
  ExportResponse,
  "mayChoose" | "standing" | "waiting" | "problem" | "items" | "targets"
> & {
  readonly targets: readonly { readonly name: string; readonly type: string }[];
  readonly standing: () => { readonly standing: number; readonly waiting: number };
  readonly problem: () => string | null;
  readonly items: () => ExportResponse["items"];
  readonly use: (name: string | null) => void;
  readonly again: () => void;
};

type SeenDeps = NotingDeps & { readonly meetings: Meetings };

type CarriedDeps = SeenDeps & {
  readonly tasks: {
    readonly carriedInto: (meeting: {
      id: string;
      roomId: RoomId;
      startedAt: number | null;
    }) => Promise<readonly CarriedTask[]>;
  };
};

type OutsideDeps = SeenDeps & { readonly tasks: { readonly outside: (room: RoomId) => RoomTasksOutside } };

export type TasksDeps = CarriedDeps & OutsideDeps;

/** Handlers for tasks, beyond the meeting they are of. */
export function taskHandlers(deps: TasksDeps): Handlers<TaskRoutes> {
  return {
    openTasks: openTasks(deps),
    tasksOutside: ({ asking }) => outsideFor(asking, deps),
    sendTasks: sendTasks(deps),
  };
}

function openTasks(deps: CarriedDeps): Handler<TaskRoutes["openTasks"]> {
  return async ({ asking }) => {
    const { room } = asking;
    const present = deps.meetings.of(room)?.meeting;
    const brought = await deps.tasks.carriedInto({
      id: present?.id ?? "",
      roomId: room,
      startedAt: startOf(present)?.startedAt ?? deps.now(),
    });
    const carried = await seenOf(asking, brought, ({ meeting, task }) => ({ meeting, task: task.id }), deps);
    return {
      tasks: await Promise.all(
        carried.map(async ({ meeting, at, task, people, corrections }) => ({
          meeting,
          at,
          task,
          owner: people.find(({ id }) => id === task.owner)?.name ?? task.owner,
          seen: corrections.length,
          mayChange: mayChange(asking.actor, task, await deps.meetings.readByAndBy(room, meeting)),
        })),
      ),
    };
  };
}

function mayChange(who: RightsHolder, { owner, from }: Task, live: LiveMeeting | null): boolean {
  return live !== null && may("correct-task", who, live.meeting, { owner, authors: authorsOf(live.record, from) });
}

function sendTasks(deps: OutsideDeps): Handler<TaskRoutes["sendTasks"]> {
  return async ({ asking, body }) => {
    if (!mayChoose(asking, deps))
      throw new ApiFailure("FORBIDDEN", {
        sentence: "Only the keeper of the meeting or a moderator of the room can choose where its tasks go.",
      });
    const outside = deps.tasks.outside(asking.room);
    if ("now" in body) outside.again();
    else {
      const { use } = body;
      if (use !== null && !outside.targets.some(({ name }) => name === use)) throw new ApiFailure("NO_SUCH_TARGET");
      outside.use(use);
    }
    return outsideFor(asking, deps);
  };
}

async function outsideFor(asking: Visitor, deps: OutsideDeps): Promise<ExportResponse> {
  const outside = deps.tasks.outside(asking.room);
  return {
    targets: outside.targets.map((target) => ({ ...target })),
    chosen: outside.chosen,
    mayChoose: mayChoose(asking, deps),
    ...outside.standing(),
    problem: outside.problem(),
    items: await seenOf(asking, outside.items(), ({ meeting, task }) => ({ meeting, task }), deps),
  };
}

function mayChoose(asking: Visitor, deps: OutsideDeps): boolean {
  return may(TASK_ROUTES.sendTasks.right, asking.actor, deps.meetings.of(asking.room)?.meeting ?? null);
}

/** Items of meetings that this person may see: a task is of its meeting, also one that is theirs. */
async function seenOf<Item>(
  asking: Visitor,
  items: readonly Item[],
  refOf: (item: Item) => { readonly meeting: MeetingId; readonly task: string },
  deps: SeenDeps,
): Promise<Item[]> {
  const records = new Map<MeetingId, MeetingRecord | null>();
  for (const meeting of new Set(items.map((item) => refOf(item).meeting))) {
    const live = await deps.meetings.readByAndBy(asking.room, meeting);
    const sees = live !== null && maySee(asking, spanOf(live.meeting));
    records.set(meeting, sees ? shownTo(asking, live, "read", deps).record : null);
  }
  return items.filter((item) => {
    const { meeting, task } = refOf(item);
    return taskIn(records.get(meeting)?.minutes ?? [], task) !== null;
  });
}
