import type { Meetings } from "../journal/meetings.ts";
import type { ServiceMetrics } from "./service-metrics.ts";

/** Keeps the figures about meetings true: what happens in them is counted as it is written into the journal. */
export function countMeetings(metrics: ServiceMetrics, meetings: Meetings, now: () => number): void {
  meetings.listen(({ meeting }, happened) => {
    for (const { event } of happened) {
      if (event.type === "utterance-heard") {
        metrics.transcribedAudio.inc(Math.max(0, event.utterance.endedAt - event.utterance.startedAt) / 1000);
      }
      const ended = event.type === "turn-heard" && meeting.ended.find(({ id }) => id === event.turn);
      if (ended) metrics.transcriptDelay.observe(Math.max(0, now() - ended.endedAt) / 1000);
    }
    metrics.meetings.reset();
    for (const live of meetings.all()) metrics.meetings.inc({ phase: live.meeting.phase });
  });
}
