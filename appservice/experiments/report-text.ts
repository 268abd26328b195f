import type { Comparison, Figure } from "./compare.ts";
import type { ExperimentReport } from "./report.ts";

/** Names of the figures, and whether they are shares. */
const FIGURES: Readonly<Record<Figure, { readonly name: string; readonly isShare: boolean }>> = {
  edits: { name: "edits per 100 words", isShare: false },
  untouched: { name: "found things that nobody touched", isShare: true },
  redone: { name: "results made anew", isShare: true },
  "tasks-confirmed": { name: "judged tasks that were confirmed", isShare: true },
  "tasks-done": { name: "tasks that were finished", isShare: true },
  "text-delay": { name: "seconds until what was said was text (95 of 100)", isShare: false },
  evenness: { name: "evenness of the time shared, %", isShare: false },
};

/** Name of a figure, as a report calls it. */
export function figureName(figure: Figure): string {
  return FIGURES[figure].name;
}

/** A value, or a difference of values, of a figure. */
export function figureText(figure: Figure, value: number): string {
  const text = FIGURES[figure].isShare ? `${(value * 100).toFixed(1)} %` : value.toFixed(2);
  return text.replace("-", "−");
}

/** The report of an experiment as lines of plain text. */
export function reportText(report: ExperimentReport): string {
  const { id, about, between, assigned, shown, counted, before, deciding, others } = report;
  const both = ([one, other]: readonly [number, number]) => `${one} and ${other}`;
  return [
    `${id}: “${between[1]}” compared with “${between[0]}”${about ? ` (${about})` : ""}`,
    `  meetings with “${between[0]}” and “${between[1]}”: ${both(assigned)}; results were seen of ${both(shown)}, all is counted of ${both(counted)}`,
    ...(before > 0 ? [`  ${before} earlier meetings, from before the experiment was changed, do not count`] : []),
    ...[deciding, ...others].map((each, i) => `  ${comparisonText(each)}${i === 0 ? "  (decides)" : ""}`),
    `  ${verdictText(report)}`,
  ].join("\n");
}

function comparisonText({ figure, means, blocks, course }: Comparison): string {
  const [one, other] = means.map((value) => (value === null ? "–" : figureText(figure, value)));
  const last = course.at(-1);
  const difference = last
    ? `; difference ${figureText(figure, last.estimate)} (${figureText(figure, last.low)} to ${figureText(figure, last.high)}) over ${blocks} pairs`
    : `; ${blocks} pairs`;
  return `${figureName(figure)}: ${one} and ${other}${difference}`;
}

/** The verdict in a sentence. */
export function verdictText({ between, deciding, verdict, unequal, shown }: ExperimentReport): string {
  const what = figureName(deciding.figure);
  switch (verdict.kind) {
    case "unequal":
      return `Not to be trusted: ${shown[0]} and ${shown[1]} meetings were seen, which chance explains ${Math.round(unequal)} times worse than that one set is kept from being shown. Find out why first.`;
    case "too-few":
      return `Too early: ${verdict.missing} more pairs of meetings before anything can be said.`;
    case "no-difference":
      return `No difference in ${what} is seen so far; look again when you like.`;
    case "better": {
      const worse = verdict.worse.map(figureName).join(", ");
      return `“${between[verdict.arm]}” is better in ${what}${worse ? `, and worse in: ${worse}` : ""}.`;
    }
  }
}
