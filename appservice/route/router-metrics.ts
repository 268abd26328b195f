import { Counter, Gauge, Registry } from "prom-client";

export type RouterMetricsDeps = {
  readonly shards: readonly string[];
  readonly awayFor: (shard: string) => number;
  readonly waiting: (shard: string) => number;
};

/** Figures of the router for Prometheus. */
export function routerMetrics({ shards, awayFor, waiting }: RouterMetricsDeps) {
  const registry = new Registry();
  const ofEach = (name: string, help: string, value: (shard: string) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ["shard"],
      registers: [registry],
      collect() {
        for (const shard of shards) this.set({ shard }, value(shard));
      },
    });
  ofEach("mindminder_router_shard_up", "1 while the shard answers", (shard) => (awayFor(shard) === 0 ? 1 : 0));
  ofEach("mindminder_router_events_waiting", "Transactions on the disk that the shard has not taken yet", waiting);
  const counter = (name: string, help: string, label: string) =>
    new Counter({ name, help, labelNames: [label], registers: [registry] });
  const [events, refused, moved, rooms] = [
    counter("mindminder_router_events_total", "Events of the homeserver, by the shard that they went to", "shard"),
    counter(
      "mindminder_router_refused_total",
      "Requests that were answered by 503, by the shard that is away",
      "shard",
    ),
    counter("mindminder_router_taken_over_total", "Times that a standby took a shard over", "shard"),
    counter("mindminder_router_moves_total", "Rooms that were to be moved, by whether they were", "outcome"),
  ];
  return {
    registry,
    countEvents: (shard: string, count: number) => events.inc({ shard }, count),
    countRefused: (shard: string) => refused.inc({ shard }),
    countRoom: (outcome: "moved" | "undone") => rooms.inc({ outcome }),
    countMoved: (shard: string) => moved.inc({ shard }),
  };
}

export type RouterMetrics = ReturnType<typeof routerMetrics>;
