import type { Logger } from "pino";
import type { ServiceMetrics } from "../http/service-metrics.ts";
import type { Meetings } from "../journal/meetings.ts";
import { roomAt } from "../protocol/place.ts";
import { noteOutOfTurn } from "../journal/out-of-turn.ts";
import type { News } from "./news.ts";

type Deps = {
  readonly news: News;
  readonly meetings: Pick<Meetings, "of" | "note">;
  readonly metrics: Pick<ServiceMetrics, "outOfTurn">;
  readonly now: () => number;
  readonly log: Logger;
};

/** Counts speaking out of turn, notes it in the meeting, and writes it to the log. */
export function outOfTurnIsNoted({ news, meetings, metrics, now, log }: Deps): void {
  news.on("out-of-turn", (place, who, what) => {
    metrics.outOfTurn.inc({ kind: what });
    noteOutOfTurn(meetings, { place, who, what, at: now() });
    log.warn(
      { room: roomAt(place), participant: who, what },
      "somebody spoke out of turn; their microphone was closed",
    );
  });
}
