import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

/** What the service counts, for `/metrics`. */
export function serviceMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "mindminder_" });
  const registers = [registry];
  const webhooks = new Counter({
    name: "mindminder_livekit_webhooks_total", help: "Webhooks that came from LiveKit, or in its name", labelNames: ["outcome"], registers,
  });
  return {
    registry,
    countWebhook: (taken: Promise<void>) => taken.then(() => webhooks.inc({ outcome: "accepted" }), (error: unknown) => {
      webhooks.inc({ outcome: "refused" });
      throw error;
    }),
    malformedEvents: new Counter({
      name: "mindminder_malformed_events_total", help: "Events from the homeserver that could not be read and were ignored", labelNames: ["type"], registers,
    }),
    commands: new Counter({
      name: "mindminder_commands_total", help: "Commands to a meeting, by what became of them", labelNames: ["type", "outcome"], registers,
    }),
    outOfTurn: new Counter({
      name: "mindminder_out_of_turn_total", help: "Microphones that were opened out of turn and closed by the gate", registers,
    }),
    meetings: new Gauge({ name: "mindminder_meetings", help: "Meetings by phase", labelNames: ["phase"], registers }),
    transcribedAudio: new Counter({
      name: "mindminder_transcribed_seconds_total", help: "Seconds of speech made into text", registers,
    }),
    transcriptDelay: new Histogram({
      name: "mindminder_transcript_delay_seconds", help: "Time from the end of a turn until all its text was there",
      buckets: [0.25, 0.5, 1, 2, 3, 5, 10, 30, 60], registers,
    }),
    piecesWaiting: new Gauge({ name: "mindminder_scribe_pieces_waiting", help: "Finished pieces of speech that are no text yet; late: of turns that could not wait for them", labelNames: ["state"], registers }),
    secondsWaiting: new Gauge({ name: "mindminder_scribe_seconds_waiting", help: "Seconds of speech that are no text yet", labelNames: ["state"], registers }),
    waitingMeetings: new Gauge({ name: "mindminder_scribe_meetings_waiting", help: "Meetings of which speech is no text yet", registers }),
  };
}
export type ServiceMetrics = ReturnType<typeof serviceMetrics>;
