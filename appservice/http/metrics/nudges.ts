import type { Metric } from "./metric.ts";

/** Figures of the notifications by which browsers tell their people that they are next. */
export const NUDGE_METRICS = {
  nudges: {
    kind: "counter",
    name: "mindminder_nudges_total",
    help: "Notifications that somebody is next, by what came of them: sent, gone (the browser takes no more), failed",
    labels: ["outcome"],
    panel: {
      title: "Notifications: you are next",
      query: "sum by (outcome) (increase(mindminder_nudges_total[1h]))",
      unit: "short",
      legend: "{{outcome}}",
    },
  },
} as const satisfies Readonly<Record<string, Metric>>;
