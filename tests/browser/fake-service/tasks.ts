import type { Express } from "express";
import { ROUTES } from "../../../appservice/protocol/routes.ts";
import type { ExportRequest, ExportResponse, OpenTasksResponse } from "../../../appservice/protocol/tasks-api.ts";
import { idOf } from "./people.ts";
import { meetingId } from "../../support/protocol/ids.ts";

const DAY = 24 * 3_600_000;

/**
 * Routes of the tasks' target and the tasks open from before: shown once a meeting is over; with trouble in rooms of
 * that name.
 */
export function taskRoutes(app: Express): void {
  const chosen = new Map<string, string | null>();
  const outside = (room: string): ExportResponse => {
    const target = chosen.has(room) ? chosen.get(room)! : "board";
    const items =
      target === "board"
        ? [{ meeting: meetingId("m12345678abc"), task: "t3", url: "https://git.example.org/garden/issues/12" }]
        : [];
    return {
      targets: [
        { name: "board", type: "gitlab" },
        { name: "calendar", type: "caldav" },
      ],
      chosen: target,
      mayChoose: true,
      standing: target ? 7 : 0,
      waiting: target ? 2 : 0,
      items,
      problem:
        target === "board"
          ? "board does not let me in: the admin needs to correct the token or password. The tasks wait until then; “!circle export now” tries at once."
          : null,
    };
  };
  app.get(
    ROUTES.tasksOutside.path,
    (request, response) =>
      void response.json(
        request.params.room.startsWith("!ended") ? outside(request.params.room) : { ...outside(""), targets: [] },
      ),
  );
  app.post(ROUTES.sendTasks.path, (request, response) => {
    const asked = request.body as ExportRequest;
    if ("use" in asked) chosen.set(request.params.room, asked.use);
    response.json(outside(request.params.room));
  });
  app.get(ROUTES.openTasks.path, (request, response) => {
    const at = Date.now() - 7 * DAY;
    const from = { from: ["1.1"], status: "open" as const };
    const body: OpenTasksResponse = {
      tasks: request.params.room.startsWith("!ended")
        ? [
            {
              meeting: meetingId("m0000past0"),
              at,
              seen: 1,
              mayChange: false,
              owner: "Vera",
              task: {
                id: "p1",
                title: "Ask the neighbours about the ladder",
                owner: idOf(1),
                due: "2026-12-01",
                ...from,
              },
            },
            {
              meeting: meetingId("m0000past0"),
              at,
              seen: 0,
              mayChange: true,
              owner: null,
              task: { id: "p2", title: "Купить семена на весну", owner: null, due: null, ...from },
            },
          ]
        : [],
    };
    response.json(body);
  });
}
