import { z } from "zod";
import { Instant, MeetingId } from "./identity.ts";
import { Task } from "./meeting-record.ts";

/**
 * `GET /rooms/ROOM/open-tasks`: tasks still open from earlier meetings, the most urgent first. They are corrected in
 * their own meeting.
 */
export const OpenTasksResponse = z.object({
  tasks: z.array(
    z.object({
      meeting: MeetingId,
      /** Time at which that meeting began. */
      at: Instant,
      task: Task,
      /** Name of its owner. */
      owner: z.string().nullable(),
      /** Number of its corrections, for `seen`. */
      seen: z.number().int().nonnegative(),
      /** True where the person who asks may change it. */
      mayChange: z.boolean(),
    }),
  ),
});
export type OpenTasksResponse = z.infer<typeof OpenTasksResponse>;

/** `GET /rooms/ROOM/export`: where the room's tasks go besides the room. */
export const ExportResponse = z.object({
  /** Targets that the administrator has set up; nothing of their addresses or secrets. */
  targets: z.array(z.object({ name: z.string(), type: z.string() })),
  /** Name of the chosen target; null: none. */
  chosen: z.string().nullable(),
  mayChoose: z.boolean(),
  standing: z.number().int().nonnegative(),
  waiting: z.number().int().nonnegative(),
  /** Problem of the chosen one, as a sentence. */
  problem: z.string().nullable(),
  /** The items that stand there. */
  items: z.array(z.object({ meeting: MeetingId, task: z.string(), url: z.url({ protocol: /^https?$/ }).nullable() })),
});
export type ExportResponse = z.infer<typeof ExportResponse>;

/** `POST /rooms/ROOM/export`: chooses, or sends and looks at everything at once. Answered by an `ExportResponse`. */
export const ExportRequest = z.union([
  z.strictObject({ use: z.string().max(32).nullable() }),
  z.strictObject({ now: z.literal(true) }),
]);
export type ExportRequest = z.infer<typeof ExportRequest>;
