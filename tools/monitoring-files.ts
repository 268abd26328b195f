import { stringify } from "yaml";
import { ALL_METRICS, METRICS } from "../appservice/http/metric-list.ts";
import type { Metric } from "../appservice/http/metrics/metric.ts";

const BY_HAND = "This file is made from appservice/http/metric-list.ts: npm run generate.";
const COLUMNS = 2;
const [WIDTH, HEIGHT] = [24 / COLUMNS, 8];

/**
 * Grafana's board (schema 39, Grafana 10 and later): one panel a figure. It asks which Prometheus when it is imported.
 */
export function grafanaBoard(): string {
  const datasource = { type: "prometheus", uid: "${datasource}" };
  const panels = ALL_METRICS.map(({ help, panel }, index) => ({
    id: index + 1,
    type: "timeseries",
    title: panel.title,
    description: help,
    datasource,
    gridPos: { x: (index % COLUMNS) * WIDTH, y: Math.floor(index / COLUMNS) * HEIGHT, w: WIDTH, h: HEIGHT },
    fieldConfig: {
      defaults: { unit: panel.unit, min: 0, custom: { fillOpacity: 10, showPoints: "never" } },
      overrides: [],
    },
    options: {
      legend: { displayMode: "list", placement: "bottom", showLegend: panel.legend !== undefined },
      tooltip: { mode: "multi", sort: "desc" },
    },
    targets: [{ refId: "A", datasource, expr: panel.query, legendFormat: panel.legend ?? panel.title }],
  }));
  const board = {
    title: "Mindminder",
    uid: "mindminder",
    description: BY_HAND,
    tags: ["mindminder", "matrix"],
    schemaVersion: 39,
    version: 1,
    editable: true,
    time: { from: "now-6h", to: "now" },
    refresh: "30s",
    timezone: "browser",
    templating: { list: [{ name: "datasource", type: "datasource", query: "prometheus", label: "Prometheus" }] },
    panels,
  };
  return `${JSON.stringify(board, null, 2)}\n`;
}

/** Rules for Prometheus, in the form of its `rule_files`. */
export function alertRules(): string {
  const rules = ALL_METRICS.flatMap(({ alerts = [] }) => alerts).map(
    ({ name, when, for: lasting, severity, summary, remedy }) => ({
      alert: name,
      expr: when,
      for: lasting,
      labels: { severity },
      annotations: { summary, description: remedy },
    }),
  );
  return `# ${BY_HAND}\n${stringify({ groups: [{ name: "mindminder", rules }] }, { lineWidth: 0 })}`;
}

/** `docs/monitoring.md`. */
export function monitoringPage(): string {
  const own = Object.values(METRICS) as readonly Metric[];
  const alerts = ALL_METRICS.flatMap(({ alerts: some = [] }) => some);
  return `# Watching over it

${"`/healthz`"} answers while the process lives, ${"`/ready`"} as long as it can do its work (503 names what is missing), ${"`/metrics`"} gives figures to
Prometheus. Keep ${"`/metrics`"} from the internet: it names no person and no room, but it is nobody else's business. Import
${"`docker/grafana/mindminder.json`"} into Grafana and name ${"`docker/prometheus/alerts.yaml`"} in Prometheus's ${"`rule_files`"}; the job has to be called
${"`mindminder`"}. Both, and this page, are made from one list in the code.

| figure | kind | labels | what it says |
|---|---|---|---|
${own.map(({ kind, name, labels = [], help }) => `| ${`\`${name}\``} | ${kind} | ${labels.join(", ")} | ${help} |`).join("\n")}

Besides these there are the process's own: ${"`mindminder_process_…`"} and ${"`mindminder_nodejs_…`"}.

| alert | after | what is wrong | what to do |
|---|---|---|---|
${alerts.map(({ name, severity, for: lasting, summary, remedy }) => `| ${name} (${severity}) | ${lasting} | ${summary}. | ${remedy} |`).join("\n")}
`;
}
