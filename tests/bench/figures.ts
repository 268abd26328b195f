/** One number that a bench found; what `--json` writes. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The most that it should be; for the table alone. */
  readonly goal?: number;
  /** The most that it may be: above it the bench fails. */
  readonly budget?: number;
  /** The least that it should be. */
  readonly atLeast?: number;
};

export type Bench = {
  /** The thing measured, in a line. */
  readonly about: string;
  run(say: (line: string) => void, options: { readonly minutes: number }): Promise<Figure[]>;
};

/** The value below which this part (0 to 1) of the samples lies, by the nearest rank. */
export function percentile(samples: readonly number[], part: number): number {
  const sorted = [...samples].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? NaN;
}

export const p50 = (samples: readonly number[]) => percentile(samples, 0.5);
export const p95 = (samples: readonly number[]) => percentile(samples, 0.95);

export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [figure.name, String(rounded(figure.value)), figure.unit, standing(figure)]);
  const all = [["figure", "value", "unit", ""], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map(([name = "", value = "", unit = "", goal = ""]) =>
      `${name.padEnd(widths[0] ?? 0)}  ${value.padStart(widths[1] ?? 0)}  ${unit.padEnd(widths[2] ?? 0)}  ${goal}`.trimEnd(),
    )
    .join("\n");
}

export function isOverBudget({ value, budget }: Figure): boolean {
  return budget !== undefined && !(value <= budget);
}

function standing(figure: Figure): string {
  const { value, goal, atLeast, budget } = figure;
  if (budget !== undefined) return `${isOverBudget(figure) ? "OVER" : "within"} the budget of ${budget}`;
  if (goal !== undefined) return `${value <= goal ? "within" : "over"} the goal of ${goal}`;
  return atLeast === undefined ? "" : `${value >= atLeast ? "reaches" : "misses"} the goal of ${atLeast}`;
}
