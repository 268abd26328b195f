import type { FromScribe } from "../protocol/scribe-messages.ts";
import type { ServiceMetrics } from "./service-metrics.ts";

/** Shows how much speech waits for its text. */
export function countBacklog(
  metrics: Pick<ServiceMetrics, "piecesWaiting" | "secondsWaiting" | "waitingMeetings">,
  message: FromScribe,
): void {
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
