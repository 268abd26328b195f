import { ExportRequest, ExportResponse, OpenTasksResponse } from "../tasks-api.ts";
import { route } from "./route.ts";

/** Tasks beyond the meeting they are of. */
export const TASK_ROUTES = {
  openTasks: route({
    method: "GET",
    path: "/api/v1/rooms/:room/open-tasks",
    access: "session",
    answer: OpenTasksResponse,
  }),
  tasksOutside: route({
    method: "GET",
    path: "/api/v1/rooms/:room/export",
    access: "session",
    answer: ExportResponse,
  }),
  sendTasks: route({
    method: "POST",
    path: "/api/v1/rooms/:room/export",
    access: "session",
    right: "choose-export",
    body: { schema: ExportRequest, otherwise: "Which task manager, or none?" },
    answer: ExportResponse,
    errors: ["FORBIDDEN", "NO_SUCH_TARGET"],
  }),
};
