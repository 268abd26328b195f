import type { Metric } from "./metric.ts";

/** Figures of meetings and of those who take part in them. */
export const MEETING_METRICS = {
  commands: {
    kind: "counter",
    name: "mindminder_commands_total",
    help: "Commands to a meeting, by what became of them",
    labels: ["type", "outcome"],
    panel: {
      title: "Commands, by what became of them",
      query: "sum by (outcome) (rate(mindminder_commands_total[5m]))",
      unit: "ops",
      legend: "{{outcome}}",
    },
  },
  meetings: {
    kind: "gauge",
    name: "mindminder_meetings",
    help: "Meetings by phase",
    labels: ["phase"],
    panel: { title: "Meetings", query: "sum by (phase) (mindminder_meetings)", unit: "short", legend: "{{phase}}" },
  },
  outOfTurn: {
    kind: "counter",
    name: "mindminder_out_of_turn_total",
    help: "Microphones that were opened out of turn and closed by the gate, by how it was tried",
    labels: ["kind"],
    panel: {
      title: "Spoken out of turn, and silenced",
      query: "sum by (kind) (rate(mindminder_out_of_turn_total[5m]))",
      unit: "ops",
      legend: "{{kind}}",
    },
    alerts: [
      {
        name: "MindminderOutOfTurn",
        when: "sum(increase(mindminder_out_of_turn_total[10m])) > 20",
        for: "0m",
        severity: "warning",
        summary: "Somebody tries again and again to speak out of turn",
        remedy:
          "The log names the room and the person. They are silenced each time; the room's moderators may want to know.",
      },
    ],
  },
} as const satisfies Readonly<Record<string, Metric>>;
