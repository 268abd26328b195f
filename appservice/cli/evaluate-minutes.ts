import { resolve } from "node:path";
import { pino } from "pino";
import { loadConfig } from "../configuration/load-config.ts";
import { BadFiles } from "../configuration/problems.ts";
import { evaluate, type MinutesEvaluation } from "../minutes/evaluate/evaluation.ts";
import { readWrittenMeetings } from "../minutes/evaluate/written-meeting.ts";
import { MinutesOptions } from "../minutes/options.ts";

export type EvaluateMinutesOptions = { readonly config?: string; readonly json?: boolean };

/**
 * Measures what the configured plugins make of the meetings of a folder; without a configuration: highlights and rules.
 */
export async function evaluateMinutes(folder: string, options: EvaluateMinutesOptions): Promise<void> {
  const found = readWrittenMeetings(resolve(folder));
  if (found.bad.length > 0) throw new BadFiles(found.bad.map((one) => ({ key: "", ...one })));
  const configured = options.config === undefined ? null : loadConfig(options.config);
  // The day on which a meeting was held begins and ends in this zone, whatever the machine's own is.
  const plugins = { tasks: { timeZone: "UTC" } };
  const minutes = configured?.config.minutes ?? MinutesOptions.parse({ plugins });
  // Warnings go to standard error, not among the figures.
  const log = pino({ level: "warn" }, pino.destination(2));
  const evaluation = await evaluate(found.meetings, { options: minutes, folder: configured?.folder ?? ".", log });
  process.stdout.write(options.json ? `${JSON.stringify(evaluation, null, 2)}\n` : `${inWords(evaluation)}\n`);
}

function inWords({ meetings, figures, languages }: MinutesEvaluation): string {
  const each = meetings.map(({ name, methods, rouge: of, tasks: counts, sentences, resting: rest, failed }) =>
    [
      `${name} (${methods.join(", ")})`,
      of && `ROUGE-1 ${percent(of.rouge1)}`,
      counts && `tasks ${counts.matched} of ${counts.wanted}, ${counts.found} found, ${counts.usable} usable`,
      `${rest} of ${sentences} sentences rest on what was said`,
      ...failed,
    ]
      .filter(Boolean)
      .join(" · "),
  );
  const width = Math.max(...ROWS.map(([label]) => label.length));
  const table = (title: string, of: MinutesEvaluation["figures"]) => [
    "",
    title,
    ...ROWS.map(([label, names]) => `${label.padEnd(width)}  ${names.map((name) => withRange(of[name])).join(" / ")}`),
  ];
  return [
    ...each,
    ...table("all meetings, with the range in which 95 of 100 draws of meetings lie", figures),
    ...Object.entries(languages).flatMap(([language, of]) => table(language, of)),
  ].join("\n");
}

const of = (part: string, kinds: readonly string[]) => kinds.map((kind) => `${part}.${kind}`);
const ROUGES = ["rouge1", "rouge2", "rougeL"];
const FOUND = ["precision", "recall", "f1"];
const ROWS: readonly (readonly [string, readonly string[]])[] = [
  ["ROUGE-1 / 2 / L of the meeting's summary", of("summary", ROUGES)],
  ["… of as many words from its beginning", of("lead", ROUGES)],
  ["… of as many words from anywhere", of("random", ROUGES)],
  ["sentences that rest on what was said", ["resting"]],
  ["tasks: precision / recall / F1", of("tasks", FOUND)],
  ["of those: owner right / date right / words of the title", of("tasks", ["owner", "due", "title"])],
  ["tasks usable as they stand: F1", ["tasks.usable"]],
  ["decisions: precision / recall / F1", of("decisions", FOUND)],
  ["open questions: precision / recall / F1", of("questions", FOUND)],
  ["relations: precision / recall / F1", of("relations", FOUND)],
  ["claims that pass the check: true ones / false ones", ["claims.true", "claims.false"]],
  ["sentences of growing summaries that are taken back", ["growing.takenBack"]],
  ["words made for 100 words said", ["lengthRatio"]],
];

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

function withRange(figure: MinutesEvaluation["figures"][string] | undefined): string {
  return figure ? `${percent(figure.value)} (${(figure.low * 100).toFixed(0)}–${(figure.high * 100).toFixed(0)})` : "–";
}
