import type { OutsideTask } from "../../../appservice/export/tasks/outside-task.ts";
import { meetingId, personId } from "../protocol/ids.ts";

/** For tests: a task of Ann's. */
export function task(changes: Partial<OutsideTask> = {}): OutsideTask {
  return {
    meeting: meetingId("m00000001"),
    task: "t1",
    title: "Water the roofs",
    owner: { id: personId("@ann:hs"), name: "Ann" },
    due: "2026-12-01",
    status: "open",
    description:
      "who: Ann\n\nAnn: I will water the roofs; all of them, by Tuesday.\n\nFrom the meeting “Council: roofs”, November 23, 2026",
    meetingTitle: "Council: roofs",
    at: Date.parse("2026-11-23T10:00:00Z"),
    ...changes,
  };
}

export const NEW = { standing: null, status: null, maybeThere: false } as const;
