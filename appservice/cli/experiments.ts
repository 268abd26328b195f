import { writeFileSync } from "node:fs";
import { pino } from "pino";
import { loadKept, readExperiments } from "../configuration/load-config.ts";
import { keptMeetings, type MeetingKept } from "../experiments/kept-meetings.ts";
import type { PluginSetOptions } from "../experiments/options.ts";
import { plotOf } from "../experiments/plot.ts";
import { exampleOf } from "../experiments/replay-set.ts";
import { reportOn } from "../experiments/report.ts";
import { reportText } from "../experiments/report-text.ts";
import { Journal } from "../journal/journal.ts";
import { evaluate, type MinutesEvaluation } from "../minutes/evaluate/evaluation.ts";
import { mergedOptions } from "../minutes/open-sets.ts";
import { STANDARD_SET } from "../protocol/chosen-set.ts";
import { wallClock } from "../time/time.ts";
import { badArgument, withKeptDatabase } from "./kept-database.ts";

export type ExperimentsReportOptions = { readonly config: string; readonly json?: true; readonly plot?: string };
export type ExperimentsReplayOptions = { readonly config: string; readonly json?: true };

/** Tells what is seen of the experiments of a configuration, or of one. */
export async function reportExperiments(wanted: string | undefined, options: ExperimentsReportOptions): Promise<void> {
  const kept = loadKept(options.config);
  const { experiments } = readExperiments(kept, kept.folder);
  const all = wanted === undefined ? experiments : experiments.filter(({ id }) => id === wanted);
  const known = experiments.map(({ id }) => id).join(", ");
  if (wanted !== undefined && all.length === 0)
    throw badArgument(wanted, "there is no such experiment.", known ? `There are: ${known}.` : HOW_TO_BEGIN);
  if (all.length === 0) return console.log(`There is no experiment. ${HOW_TO_BEGIN}`);
  if (options.plot !== undefined && all.length > 1)
    throw badArgument("--plot", "a picture is of one experiment.", `Name one of them: ${known}.`);
  const meetings = await readMeetings(options.config);
  const reports = all.map((experiment) => reportOn(experiment, meetings, wallClock()));
  if (options.plot !== undefined) writeFileSync(options.plot, reports.map(plotOf).join(""));
  console.log(options.json ? JSON.stringify(reports, null, 2) : reports.map(reportText).join("\n\n"));
}

/** Figures of a set by which it can be compared on meetings that are over. */
const REPLAYED: readonly (readonly [string, readonly string[]])[] = [
  ["tasks F1", ["tasks.f1"]],
  ["usable as they stand", ["tasks.usable"]],
  ["decisions F1", ["decisions.f1"]],
  ["questions F1", ["questions.f1"]],
  ["summary ROUGE-L", ["summary.rougeL"]],
  ["words for each word said", ["lengthRatio"]],
];

/** Runs every set over the meetings that are kept and whose minutes somebody has judged. Nothing of it is kept. */
export async function replayExperiments(options: ExperimentsReplayOptions): Promise<void> {
  const { minutes, folder, ...kept } = loadKept(options.config);
  const { sets } = readExperiments(kept, folder);
  const examples = (await readMeetings(options.config)).flatMap((meeting) => exampleOf(meeting) ?? []);
  if (examples.length === 0)
    return console.log("No kept meeting says anything yet: in none did somebody confirm, drop or reword a result.");
  const log = pino({ level: "warn" }, pino.destination(2));
  const all: readonly (readonly [string, PluginSetOptions])[] = [
    [STANDARD_SET, { plugins: {} }],
    ...Object.entries(sets),
  ];
  const measured: Record<string, MinutesEvaluation["figures"]> = {};
  for (const [name, { plugins, llm }] of all) {
    const changed = {
      ...minutes,
      plugins: mergedOptions(minutes.plugins, plugins),
      llm: llm === undefined ? minutes.llm : llm,
    };
    measured[name] = (await evaluate(examples, { options: changed, folder, log })).figures;
  }
  if (options.json) return console.log(JSON.stringify({ meetings: examples.length, sets: measured }, null, 2));
  console.log(`${examples.length} meetings whose minutes somebody judged\n`);
  for (const [name, figures] of Object.entries(measured)) console.log(`${name}\n${figureLines(figures)}\n`);
}

function figureLines(figures: MinutesEvaluation["figures"]): string {
  return REPLAYED.flatMap(([label, names]) =>
    names.flatMap((name) => {
      const figure = figures[name];
      return figure ? [`  ${label}: ${percent(figure.value)} (${percent(figure.low)} to ${percent(figure.high)})`] : [];
    }),
  ).join("\n");
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

const HOW_TO_BEGIN = "The configuration's key experiments names a file with them; docs/experiments.md shows one.";

function readMeetings(config: string): Promise<MeetingKept[]> {
  return withKeptDatabase(config, async (db) => {
    const meetings: MeetingKept[] = [];
    for await (const meeting of keptMeetings(new Journal(db), leftOut)) meetings.push(meeting);
    return meetings;
  });
}

function leftOut(meeting: string, error: unknown): void {
  console.error(`${meeting}: cannot be read (${String(error)}), and is left out.`);
}
