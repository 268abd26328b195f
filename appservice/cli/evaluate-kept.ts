import { keptMeetings, type MeetingKept } from "../experiments/kept-meetings.ts";
import { Journal } from "../journal/journal.ts";
import { type KeptEvaluation, keptEvaluation } from "../minutes/evaluate/kept-figures.ts";
import { withKeptDatabase } from "./kept-database.ts";

export type EvaluateKeptOptions = { readonly config: string; readonly json?: boolean };

/** Measures the meetings that are kept by what people did with their minutes. */
export async function evaluateKept(options: EvaluateKeptOptions): Promise<void> {
  const kept = await withKeptDatabase(options.config, async (db) => {
    const meetings: MeetingKept[] = [];
    const leftOut = (id: string, error: unknown) =>
      console.error(`${id}: cannot be read (${String(error)}), and is left out.`);
    for await (const meeting of keptMeetings(new Journal(db), leftOut)) meetings.push(meeting);
    return meetings;
  });
  const evaluation = keptEvaluation(kept);
  console.log(options.json ? JSON.stringify(evaluation, null, 2) : inWords(evaluation));
}

const KINDS = ["tasks", "decisions", "questions"];
const ROWS: readonly (readonly [string, readonly string[], "share" | "edits"])[] = [
  ...KINDS.map(
    (kind) =>
      [
        `suggested ${kind}: confirmed / dropped / waiting`,
        ["confirmed", "dropped", "waiting"].map((fate) => `${kind}.${fate}`),
        "share",
      ] as const,
  ),
  ["edits for 100 words of the minutes", ["edits.minutes"], "edits"],
  ["edits for 100 words of the transcript", ["edits.transcript"], "edits"],
  ["words made for 100 words said", ["lengthRatio"], "share"],
];

function inWords({ meetings, figures, languages }: KeptEvaluation): string {
  if (meetings === 0) return "No meeting that is over is kept.";
  const width = Math.max(...ROWS.map(([label]) => label.length));
  const table = (title: string, of: KeptEvaluation["figures"]) => [
    title,
    ...ROWS.map(
      ([label, names, as]) => `${label.padEnd(width)}  ${names.map((name) => withRange(of[name], as)).join(" / ")}`,
    ),
  ];
  return [
    ...table(`${meetings} meetings, with the range in which 95 of 100 draws of meetings lie`, figures),
    ...Object.entries(languages).flatMap(([language, own]) => [
      "",
      ...table(`${language}: ${own.meetings}`, own.figures),
    ]),
  ].join("\n");
}

function withRange(figure: KeptEvaluation["figures"][string] | undefined, as: "share" | "edits"): string {
  if (!figure) return "–";
  const digits = as === "edits" ? 2 : 0;
  const of = (value: number) => (value * 100).toFixed(digits);
  return `${of(figure.value)}${as === "edits" ? "" : " %"} (${of(figure.low)}–${of(figure.high)})`;
}
