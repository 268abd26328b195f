import type { Calls } from "../call/calls.ts";
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
  news.on("presence", (room, who, connected) => {
    meetings.send(room, { type: connected ? "connected" : "dropped", who, at: now() });
  });
  meetings.listen(({ meeting: { roomId: room } }, happened) => {
    for (const { event } of happened)
      if (event.type === "person-joined" && calls.connected(room).includes(event.who))
        queueMicrotask(() => meetings.send(room, { type: "connected", who: event.who, at: now() }));
  });
}
