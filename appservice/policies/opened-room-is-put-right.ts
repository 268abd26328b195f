import type { LiveMeeting, Meetings } from "../journal/meetings.ts";
import type { News } from "./news.ts";

type Deps = {
  readonly news: News;
  readonly meetings: Pick<Meetings, "of" | "all" | "goOn">;
  readonly project: (live: LiveMeeting) => void;
  /** Sends what waits for the rooms. */
  readonly sendOn: () => void;
};

/** A room that can be written again, and all rooms once the disk takes writes again, are compared with what should stand there. */
export function openedRoomIsPutRight({ news, meetings, project, sendOn }: Deps): void {
  news.on("room-opened", (room) => {
    const live = meetings.of(room);
    if (live) project(live);
  });
  news.on("storage-back", () => {
    meetings.goOn();
    for (const live of meetings.all()) project(live);
    sendOn();
  });
}
