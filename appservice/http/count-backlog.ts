import type { FromScribe } from "../protocol/scribe-messages.ts";
import { utilisationOf } from "../protocol/speech-load.ts";
import type { ServiceMetrics } from "./service-metrics.ts";

type Counted = "piecesWaiting" | "secondsWaiting" | "waitingMeetings" | "utilisation" | "workers";

/** Shows how much speech waits for its text, and how much of what can be decoded is used. */
export function countBacklog(metrics: Pick<ServiceMetrics, Counted>, message: FromScribe): void {
  if (message.type === "load") {
    metrics.utilisation.set(utilisationOf(message));
    metrics.workers.set(message.workers ?? 0);
  }
  if (message.type !== "backlog") return;
  for (const state of ["now", "late"]) {
    const turns = message.waiting.filter(({ late }) => late === (state === "late"));
    metrics.piecesWaiting.set(
      { state },
      turns.reduce((sum, { pieces }) => sum + pieces, 0),
    );
    metrics.secondsWaiting.set(
      { state },
      turns.reduce((sum, { seconds }) => sum + seconds, 0),
    );
  }
  metrics.waitingMeetings.set(new Set(message.waiting.map(({ meeting }) => meeting)).size);
}
