import type { LiveMeeting } from "../journal/live-meeting.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { News } from "./news.ts";

type Deps = {
  readonly news: News;
  readonly meetings: Pick<Meetings, "of" | "all" | "placesIn" | "goOn">;
  readonly project: (live: LiveMeeting) => void;
  /** Sends what waits for the rooms. */
  readonly sendOn: () => void;
};

/**
 * Compares a room that can be written again with the state that should stand there, and all rooms once the disk takes
 * writes again.
 */
export function openedRoomIsPutRight({ news, meetings, project, sendOn }: Deps): void {
  news.on("room-opened", (room) => {
    for (const place of meetings.placesIn(room)) {
      const live = meetings.of(place);
      if (live) project(live);
    }
  });
  news.on("storage-back", () => {
    meetings.goOn();
    for (const live of meetings.all()) project(live);
    sendOn();
  });
}
