import type { Metric } from "./metric.ts";

/** Figures of messages to rooms and events from them. */
export const ROOM_METRICS = {
  messagesWaiting: {
    kind: "gauge",
    name: "mindminder_room_messages_waiting",
    help: "Messages that should stand in a room and do not yet",
    panel: { title: "Messages waiting for the homeserver", query: "mindminder_room_messages_waiting", unit: "short" },
    alerts: [
      {
        name: "MindminderRoomsBehind",
        when: "mindminder_room_messages_waiting > 50",
        for: "10m",
        severity: "warning",
        summary: "The rooms lag behind the meetings",
        remedy:
          "Is the homeserver up, and does it answer with 429? The log names the room and the reason. Nothing is lost: they are sent when it answers again.",
      },
    ],
  },
  malformedEvents: {
    kind: "counter",
    name: "mindminder_malformed_events_total",
    help: "Events from the homeserver that could not be read and were ignored",
    labels: ["type"],
    panel: {
      title: "Events that could not be read",
      query: "sum by (type) (rate(mindminder_malformed_events_total[5m]))",
      unit: "ops",
      legend: "{{type}}",
    },
  },
  unreadEvents: {
    kind: "counter",
    name: "mindminder_unread_events_total",
    help: "Encrypted events that could not be read, by the reason",
    labels: ["reason"],
    panel: {
      title: "Encrypted events that could not be read",
      query: "sum by (reason) (rate(mindminder_unread_events_total[5m]))",
      unit: "ops",
      legend: "{{reason}}",
    },
    alerts: [
      {
        name: "MindminderCannotRead",
        when: 'sum(increase(mindminder_unread_events_total{reason="no-key"}[15m])) > 10',
        for: "5m",
        severity: "warning",
        summary: "People's messages in encrypted rooms cannot be read",
        remedy:
          "“npx --no mindminder crypto status” says whether the bot's device is known to the homeserver and signed; docs/admin.md has the rest.",
      },
    ],
  },
} as const satisfies Readonly<Record<string, Metric>>;
