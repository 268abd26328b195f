import { resolve } from "node:path";
import { pino } from "pino";
import { loadConfig } from "../configuration/load-config.ts";
import { BadFiles } from "../configuration/problems.ts";
import { evaluate, type MinutesEvaluation } from "../minutes/evaluate/evaluation.ts";
import { readWrittenMeetings } from "../minutes/evaluate/written-meeting.ts";
import { MinutesOptions } from "../minutes/options.ts";

export type EvaluateMinutesOptions = { readonly config?: string; readonly json?: boolean };

/** Measures what the configured plugins make of the meetings of a folder; without a configuration: highlights and rules. */
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

function inWords({ meetings, rouge, resting, tasks }: MinutesEvaluation): string {
  const percent = (share: number | null) => (share === null ? "–" : `${(share * 100).toFixed(1)} %`);
  const each = meetings.map(({ name, methods, rouge: of, tasks: counts, sentences, resting: rest, failed }) =>
    [
      `${name} (${methods.join(", ")})`,
      of && `ROUGE-1 ${percent(of.rouge1)}`,
      counts && `tasks ${counts.matched} of ${counts.wanted}, ${counts.found} found`,
      `${rest} of ${sentences} sentences rest on what was said`,
      ...failed,
    ]
      .filter(Boolean)
      .join(" · "),
  );
  const rows: [string, string][] = [
    [
      "ROUGE-1 / 2 / L of the meeting's summary",
      rouge ? [rouge.rouge1, rouge.rouge2, rouge.rougeL].map(percent).join(" / ") : "–",
    ],
    ["sentences that rest on what was said", percent(resting)],
    ["tasks: precision / recall / F1", [tasks.precision, tasks.recall, tasks.f1].map(percent).join(" / ")],
    ["of those: owner right / date right", [tasks.owner, tasks.due].map(percent).join(" / ")],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return [...each, "", ...rows.map(([label, value]) => `${label.padEnd(width)}  ${value}`)].join("\n");
}
