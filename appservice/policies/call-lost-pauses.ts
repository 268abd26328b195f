import type { Meetings } from "../journal/meetings.ts";
import type { News } from "./news.ts";

type Deps = { readonly news: News; readonly meetings: Pick<Meetings, "send">; readonly now: () => number };

/** A meeting stands still while its call is away, and goes on when it is back. */
export function callLostPauses({ news, meetings, now }: Deps): void {
  news.on("call-state", (room, state) => {
    // Of a meeting that has just begun it is known already: first all hear of its beginning.
    if (state === "away") queueMicrotask(() => meetings.send(room, { type: "call-lost", at: now() }));
    if (state === "guarded") queueMicrotask(() => meetings.send(room, { type: "call-back", at: now() }));
  });
}
