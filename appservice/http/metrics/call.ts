import type { Metric } from "./metric.ts";

/** Figures of LiveKit. */
export const CALL_METRICS = {
  webhooks: {
    kind: "counter",
    name: "mindminder_livekit_webhooks_total",
    help: "Webhooks that came from LiveKit, or in its name",
    labels: ["outcome"],
    panel: {
      title: "Webhooks of LiveKit",
      query: "sum by (outcome) (rate(mindminder_livekit_webhooks_total[5m]))",
      unit: "ops",
      legend: "{{outcome}}",
    },
    alerts: [
      {
        name: "MindminderWebhooksRefused",
        when: 'increase(mindminder_livekit_webhooks_total{outcome="refused"}[15m]) > 0',
        for: "0m",
        severity: "warning",
        summary: "Webhooks with a wrong signature were refused",
        remedy:
          "Compare webhook.api_key of LiveKit with livekit.apiKey of Mindminder. If they agree, somebody else sends them.",
      },
      {
        name: "MindminderNoWebhooks",
        when: 'sum(mindminder_meetings{phase=~"circle|between"}) > 0 and sum(increase(mindminder_livekit_webhooks_total{outcome="accepted"}[1h])) == 0',
        for: "15m",
        severity: "warning",
        summary: "Meetings run, but LiveKit sends no webhooks",
        remedy:
          "Set webhook.urls in LiveKit's configuration to https://…/livekit/webhook; `mindminder doctor` tries it.",
      },
    ],
  },
  livekitAway: {
    kind: "gauge",
    name: "mindminder_livekit_away",
    help: "1 while LiveKit does not answer or refuses us, and meetings stand still",
    panel: { title: "LiveKit away", query: "mindminder_livekit_away", unit: "short" },
    alerts: [
      {
        name: "MindminderLiveKitAway",
        when: "mindminder_livekit_away > 0",
        for: "1m",
        severity: "critical",
        summary: "LiveKit does not answer, or refuses us: meetings stand still",
        remedy:
          "Is LiveKit up, and does livekit.internalUrl lead to it? `/ready` and the log say whether it refuses the key, or us because the clocks differ. Meetings go on by themselves.",
      },
    ],
  },
} as const satisfies Readonly<Record<string, Metric>>;
