import type { Meetings } from "../journal/meetings.ts";
import type { News } from "./news.ts";

type Deps = { readonly news: News; readonly meetings: Pick<Meetings, "send">; readonly now: () => number };

/** Pauses a meeting while its call is away, and lets it go on when the call is back. */
export function callLostPauses({ news, meetings, now }: Deps): void {
  news.on("call-state", (place, state) => {
    // A meeting that has just begun may know it already: first all hear of its beginning.
    if (state === "away") queueMicrotask(() => meetings.send(place, { type: "call-lost", at: now() }));
    if (state === "guarded") queueMicrotask(() => meetings.send(place, { type: "call-back", at: now() }));
  });
}
