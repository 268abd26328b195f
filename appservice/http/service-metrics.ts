import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { METRICS } from "./metric-list.ts";
import type { Metric } from "./metrics/metric.ts";

/**
 * Metrics that the service counts, for `/metrics`; described in `metric-list.ts`. Those of the process are its own, and
 * counted once.
 */
export function serviceMetrics({ ofProcess = true }: { readonly ofProcess?: boolean } = {}) {
  const registry = new Registry();
  if (ofProcess) collectDefaultMetrics({ register: registry, prefix: "mindminder_" });
  const described = ({ name, help, labels = [] }: Metric) => ({
    name,
    help,
    labelNames: [...labels],
    registers: [registry],
  });
  const counter = (metric: Metric) => new Counter(described(metric));
  const gauge = (metric: Metric) => new Gauge(described(metric));
  const histogram = (metric: Metric) => new Histogram({ ...described(metric), buckets: [...(metric.buckets ?? [])] });
  const webhooks = counter(METRICS.webhooks);
  return {
    registry,
    countWebhook: (taken: Promise<void>) =>
      taken.then(
        () => webhooks.inc({ outcome: "accepted" }),
        (error: unknown) => {
          webhooks.inc({ outcome: "refused" });
          throw error;
        },
      ),
    requests: histogram(METRICS.requests),
    malformedEvents: counter(METRICS.malformedEvents),
    unreadEvents: counter(METRICS.unreadEvents),
    commands: counter(METRICS.commands),
    outOfTurn: counter(METRICS.outOfTurn),
    stalls: counter(METRICS.stalls),
    meetings: gauge(METRICS.meetings),
    /** Looked at when somebody asks. */
    countMessagesWaiting: (waiting: () => number) =>
      new Gauge({
        ...described(METRICS.messagesWaiting),
        collect() {
          this.set(waiting());
        },
      }),
    /** Metric of LiveKit as it was last seen when somebody asks. */
    seeLiveKit: (isAway: () => boolean) =>
      new Gauge({
        ...described(METRICS.livekitAway),
        collect() {
          this.set(isAway() ? 1 : 0);
        },
      }),
    countTelegramWaiting: (waiting: () => number) =>
      new Gauge({
        ...described(METRICS.telegramWaiting),
        collect() {
          this.set(waiting());
        },
      }),
    telegramRepeated: counter(METRICS.telegramRepeated),
    telegramLost: counter(METRICS.telegramLost),
    nudges: counter(METRICS.nudges),
    transcribedAudio: counter(METRICS.transcribedAudio),
    transcriptDelay: histogram(METRICS.transcriptDelay),
    piecesWaiting: gauge(METRICS.piecesWaiting),
    secondsWaiting: gauge(METRICS.secondsWaiting),
    waitingMeetings: gauge(METRICS.waitingMeetings),
    utilisation: gauge(METRICS.utilisation),
    workers: gauge(METRICS.workers),
  };
}
export type ServiceMetrics = ReturnType<typeof serviceMetrics>;
