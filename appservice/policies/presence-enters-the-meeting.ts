import type { Calls } from "../call/calls.ts";
import { placeOf } from "../journal/live-meeting.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { News } from "./news.ts";

type Deps = {
  readonly news: News;
  readonly meetings: Pick<Meetings, "send" | "listen">;
  readonly calls: Pick<Calls, "connected">;
  readonly now: () => number;
};

/** Connects people in the meeting who come into the call, or were in it before they joined the circle. */
export function presenceEntersTheMeeting({ news, meetings, calls, now }: Deps): void {
  news.on("presence", (place, who, connected) => {
    meetings.send(place, { type: connected ? "connected" : "dropped", who, at: now() });
  });
  meetings.listen((live, happened) => {
    const place = placeOf(live);
    for (const { event } of happened)
      if (event.type === "person-joined" && calls.connected(place).includes(event.who))
        queueMicrotask(() => meetings.send(place, { type: "connected", who: event.who, at: now() }));
  });
}
