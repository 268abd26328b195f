/**
 * A figure of `/metrics`, how it is drawn, and when somebody should look: Grafana's board, the alert rules and the page
 * about them are made from this list.
 */
export type Metric = {
  readonly kind: "counter" | "gauge" | "histogram";
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
  /** Upper bounds, in seconds. */
  readonly buckets?: readonly number[];
  readonly panel: Panel;
  readonly alerts?: readonly Alert[];
};

export type Panel = {
  readonly title: string;
  /** PromQL. */
  readonly query: string;
  /** Grafana's name of it. */
  readonly unit: "short" | "s" | "ops" | "bytes" | "percentunit";
  readonly legend?: string;
};

export type Alert = {
  readonly name: string;
  /** PromQL; it is true when something is wrong. */
  readonly when: string;
  /** Time for which it has to last, as Prometheus writes it. */
  readonly for: string;
  readonly severity: "critical" | "warning";
  readonly summary: string;
  readonly remedy: string;
};

/** PromQL for the 95th percentile of a histogram, over five minutes. `by`: further labels, each after a comma. */
export const p95 = (name: string, by = "") => `histogram_quantile(0.95, sum by (le${by}) (rate(${name}_bucket[5m])))`;
