import type { Metric } from "./metric.ts";

/**
 * Figures of the process itself, which `prom-client` adds by itself (`mindminder_process_…`, `mindminder_nodejs_…`).
 */
export const OF_PROCESS: readonly Pick<Metric, "name" | "help" | "panel" | "alerts">[] = [
  {
    name: "up",
    help: "Prometheus reaches the service",
    panel: { title: "Up", query: 'up{job="mindminder"}', unit: "short" },
    alerts: [
      {
        name: "MindminderDown",
        when: 'up{job="mindminder"} == 0',
        for: "1m",
        severity: "critical",
        summary: "Mindminder does not answer",
        remedy:
          "Its last log lines say why it ended. Running meetings go on where they were as soon as it starts again.",
      },
    ],
  },
  {
    name: "mindminder_nodejs_eventloop_lag_p99_seconds",
    help: "How long what is due has to wait for the process",
    panel: { title: "Event loop delay, 99 %", query: "mindminder_nodejs_eventloop_lag_p99_seconds", unit: "s" },
    alerts: [
      {
        name: "MindminderBusy",
        when: "mindminder_nodejs_eventloop_lag_p99_seconds > 0.2",
        for: "5m",
        severity: "warning",
        summary: "The service cannot keep up; passes come late",
        remedy: "Speech recognition or another program takes the cores: give it cores of its own, or fewer meetings.",
      },
    ],
  },
  {
    name: "mindminder_process_resident_memory_bytes",
    help: "Memory of the service, without the scribe",
    panel: { title: "Memory", query: "mindminder_process_resident_memory_bytes", unit: "bytes" },
  },
  {
    name: "mindminder_process_cpu_seconds_total",
    help: "Processor time of the service, without the scribe",
    panel: {
      title: "Processor, of one core",
      query: "rate(mindminder_process_cpu_seconds_total[5m])",
      unit: "percentunit",
    },
  },
];
