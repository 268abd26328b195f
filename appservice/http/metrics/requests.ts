import { type Metric, p95 } from "./metric.ts";

/** Figures of answers to requests, and of whatever holds up the thread that gives them. */
export const REQUEST_METRICS = {
  requests: {
    kind: "histogram",
    name: "mindminder_http_request_seconds",
    help: "Time to answer a request, by route, method and class of status",
    labels: ["route", "method", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    panel: {
      title: "Time to answer, 95 % of requests",
      query: p95("mindminder_http_request_seconds", ", route"),
      unit: "s",
      legend: "{{route}}",
    },
    alerts: [
      {
        name: "MindminderRequestsFail",
        when: 'sum(rate(mindminder_http_request_seconds_count{status="5xx"}[5m])) > 0.1',
        for: "5m",
        severity: "critical",
        summary: "Requests to Mindminder fail",
        remedy:
          "Look for “a request failed” in the log; each such line has the request's id, which the person was shown, and the cause.",
      },
      {
        name: "MindminderSlow",
        when: `${p95("mindminder_http_request_seconds")} > 0.5`,
        for: "10m",
        severity: "warning",
        summary: "One request in twenty takes more than half a second, and so does a pass",
        remedy:
          "Look at the event loop's delay and at what else the machine does; docs/scale.md says what a machine carries.",
      },
    ],
  },
  stalls: {
    kind: "counter",
    name: "mindminder_stalls_total",
    help: "Times that the thread which guards the microphones was held up for more than a tenth of a second, by its own work or by the machine",
    labels: ["cause"],
    panel: {
      title: "Held up for more than 100 ms",
      query: "sum by (cause) (increase(mindminder_stalls_total[5m]))",
      unit: "short",
      legend: "{{cause}}",
    },
    alerts: [
      {
        name: "MindminderStalls",
        when: 'increase(mindminder_stalls_total{cause="work"}[10m]) > 5',
        for: "0m",
        severity: "warning",
        summary: "Microphones are guarded late: something keeps the service thinking",
        remedy:
          "The log says “the loop was held up”, for how long and during what. Please report it with these lines; restarting does not help.",
      },
    ],
  },
} as const satisfies Readonly<Record<string, Metric>>;
