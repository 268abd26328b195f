import type { Router } from "express";
import type { CarriedTask } from "../journal/carried-tasks.ts";
import { taskIn } from "../record/found-items.ts";
import type { LiveMeeting, Meetings } from "../journal/meetings.ts";
import type { MeetingRecord, Task } from "../protocol/meeting-record.ts";
import type { MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import { authorsOf, may, type RightsHolder } from "../protocol/rights.ts";
import { ExportRequest, type ExportResponse, type OpenTasksResponse } from "../protocol/tasks-api.ts";
import { ApiFailure, badRequest, forbidden } from "./api-failure.ts";
import { exactRouter } from "./exact.ts";
import { type FindVisitor, maySee, shownTo, type Visitor } from "./visitor.ts";

/** Where a room's tasks go besides the room. */
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

export type TasksApi = {
  readonly meetings: Meetings;
  readonly now: () => number;
  readonly tasks: {
    readonly outside: (room: RoomId) => RoomTasksOutside;
    readonly carriedInto: (meeting: {
      id: string;
      roomId: RoomId;
      startedAt: number | null;
    }) => Promise<readonly CarriedTask[]>;
  };
  readonly room: { readonly isModerator: (room: RoomId, who: ParticipantId) => Promise<boolean> };
};

/** What the widget asks about tasks beyond the meeting they are of; the shapes are in `protocol/tasks-api.ts`. */
export function tasksApi(visitor: FindVisitor, { meetings, tasks, room: rooms, now }: TasksApi): Router {
  const router = exactRouter();
  const holder = async (room: RoomId, id: ParticipantId): Promise<RightsHolder> => ({
    id,
    door: "widget",
    rights: { admitted: true, moderates: await rooms.isModerator(room, id) },
  });
  const mayChoose = async (room: RoomId, who: ParticipantId) =>
    may("choose-export", await holder(room, who), meetings.of(room)?.meeting ?? null);
  /** A task is of its meeting: who may not see that one does not see it, though it is theirs. */
  const seen = async <Item>(
    asking: Visitor,
    items: readonly Item[],
    refOf: (item: Item) => { readonly meeting: MeetingId; readonly task: string },
  ): Promise<Item[]> => {
    const records = new Map<MeetingId, MeetingRecord | null>();
    for (const meeting of new Set(items.map((item) => refOf(item).meeting))) {
      const live = await meetings.look(asking.room, meeting);
      records.set(meeting, live && maySee(asking, live.meeting) ? shownTo(asking, live, now()).record : null);
    }
    return items.filter((item) => {
      const { meeting, task } = refOf(item);
      return taskIn(records.get(meeting)?.minutes ?? [], task) !== null;
    });
  };
  const response = async (asking: Visitor): Promise<ExportResponse> => {
    const { room, who } = asking;
    const outside = tasks.outside(room);
    return {
      targets: outside.targets.map((target) => ({ ...target })),
      chosen: outside.chosen,
      mayChoose: await mayChoose(room, who),
      ...outside.standing(),
      problem: outside.problem(),
      items: await seen(asking, outside.items(), ({ meeting, task }) => ({ meeting, task })),
    };
  };

  router.get("/rooms/:room/open-tasks", async (request, answer) => {
    const asking = await visitor(request);
    const { room } = asking;
    const present = meetings.of(room)?.meeting;
    const brought = await tasks.carriedInto({
      id: present?.id ?? "",
      roomId: room,
      startedAt: present?.startedAt ?? now(),
    });
    const carried = await seen(asking, brought, ({ meeting, task }) => ({ meeting, task: task.id }));
    const who = await holder(room, asking.who);
    const body: OpenTasksResponse = {
      tasks: await Promise.all(
        carried.map(async ({ meeting, at, task, people, corrections }) => ({
          meeting,
          at,
          task,
          owner: people.find(({ id }) => id === task.owner)?.name ?? task.owner,
          seen: corrections.length,
          mayChange: mayChange(who, task, await meetings.look(room, meeting)),
        })),
      ),
    };
    answer.json(body);
  });

  router.get("/rooms/:room/export", async (request, answer) => {
    answer.json(await response(await visitor(request)));
  });

  router.post("/rooms/:room/export", async (request, answer) => {
    const asking = await visitor(request);
    const { room, who } = asking;
    const asked = ExportRequest.safeParse(request.body);
    if (!asked.success) throw badRequest("Which task manager, or none?");
    if (!(await mayChoose(room, who)))
      throw forbidden("Only the keeper of the meeting or a moderator of the room can choose where its tasks go.");
    const outside = tasks.outside(room);
    if ("now" in asked.data) outside.again();
    else {
      const { use } = asked.data;
      if (use !== null && !outside.targets.some(({ name }) => name === use))
        throw new ApiFailure(404, "M_NOT_FOUND", "There is no such task manager here.");
      outside.use(use);
    }
    answer.json(await response(asking));
  });

  return router;
}

function mayChange(who: RightsHolder, { owner, from }: Task, live: LiveMeeting | null): boolean {
  return live !== null && may("correct-task", who, live.meeting, { owner, authors: authorsOf(live.record, from) });
}
