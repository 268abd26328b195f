import type { Command } from "commander";
import type { ClassifyOptions } from "../classify.ts";
import type { DatasetCommandOptions } from "../dataset.ts";
import type { EvaluateTranscriptsOptions } from "../evaluate-transcripts.ts";
import type { EvaluateMinutesOptions } from "../evaluate-minutes.ts";
import type { ExperimentsReplayOptions, ExperimentsReportOptions } from "../experiments.ts";
import type { EvaluateKeptOptions } from "../evaluate-kept.ts";
import { CONFIG } from "./config-option.ts";

/**
 * Commands that measure, and make sets for models. Each loads what it needs, and no more: the whole service takes a
 * second to load.
 */
export function addMeasuringCommands(program: Command): void {
  const dataset = program
    .command("dataset")
    .description("sets of what people allowed to be used for models; docs/datasets.md says what is in them");

  dataset
    .command("build")
    .description("build a set, or bring it up to date; the service may run")
    .argument("<target>", "a target of the configuration by its name, or a folder by its path")
    .option(...CONFIG)
    .option("-p, --purpose <name>", "what people must have allowed, for a folder: improve or publish")
    .action(async (target: string, options: DatasetCommandOptions) =>
      (await import("../dataset.ts")).buildByHand(target, options),
    );

  dataset
    .command("verify")
    .description("check that a set is whole and unchanged, and that everybody in it still allows that")
    .argument("<target>", "a target of the configuration by its name, or a folder by its path")
    .option(...CONFIG)
    .option("-p, --purpose <name>", "what the set is for, for a folder: improve or publish")
    .action(async (target: string, options: DatasetCommandOptions) =>
      (await import("../dataset.ts")).verifyByHand(target, options),
    );

  const experiments = program
    .command("experiments")
    .description("what came of sets of plugins in meetings; docs/experiments.md says how to compare them");

  experiments
    .command("report")
    .description("compare the two sets of each experiment, as far as it has come")
    .argument("[experiment]", "its id; left out: all of them")
    .option(...CONFIG)
    .option("--json", "print figures for programs")
    .option("--plot <file>", "write a picture of the experiment's course (SVG)")
    .action(async (experiment: string | undefined, options: ExperimentsReportOptions) =>
      (await import("../experiments.ts")).reportExperiments(experiment, options),
    );

  experiments
    .command("replay")
    .description("run each set over the meetings that are kept, and measure it by what people made of their minutes")
    .option(...CONFIG)
    .option("--json", "print figures for programs")
    .action(async (options: ExperimentsReplayOptions) =>
      (await import("../experiments.ts")).replayExperiments(options),
    );

  program
    .command("classify")
    .description("print what would be made of each line of a file, spoken: speech and commands, as JSON")
    .argument("<file>", "one utterance a line; - for standard input")
    .option("-l, --language <code>", "the language spoken, such as ru; left out: found by the words")
    .option(
      "-p, --people <names>",
      "who sits in the ring: names with commas between them; left out: common first names",
    )
    .option("--lexicon <folder>", "other lexicons than the ones that come along")
    .action(async (file: string, options: ClassifyOptions) => (await import("../classify.ts")).classify(file, options));

  const evaluate = program.command("evaluate").description("measure how good what the service makes is");

  evaluate
    .command("transcripts")
    .description("word errors, delay and cost of speech recognition, live and offline")
    .argument("<folder>", "recordings and what is said in them: pairs NAME.wav (.flac, .opus) and NAME.txt")
    .option("-c, --config <file>", "the configuration; its section speech says which engine", "config/config.yaml")
    .option("-s, --speakers <number>", "how many speak at once", "1")
    .option("-l, --language <code>", "en, ru or auto; left out: as configured")
    .option("--json", "print all figures as JSON")
    .action(async (folder: string, options: EvaluateTranscriptsOptions) =>
      (await import("../evaluate-transcripts.ts")).evaluateTranscripts(folder, options),
    );

  evaluate
    .command("minutes")
    .description(
      "minutes against what a careful reader wrote: ROUGE beside lead and random, precision and recall of the rest",
    )
    .argument(
      "<folder>",
      "meetings NAME.txt (a line “Name: what was said” each), with NAME.tasks.json, NAME.matters.json and NAME.summary.txt where there are any",
    )
    .option(
      "-c, --config <file>",
      "the configuration; its section minutes says which model. Left out: highlights and rules",
    )
    .option("--json", "print all figures as JSON")
    .action(async (folder: string, options: EvaluateMinutesOptions) =>
      (await import("../evaluate-minutes.ts")).evaluateMinutes(folder, options),
    );

  evaluate
    .command("kept")
    .description(
      "meetings that are kept, by what people did with their minutes: suggestions confirmed and dropped, edits",
    )
    .option(...CONFIG)
    .option("--json", "print all figures as JSON")
    .action(async (options: EvaluateKeptOptions) => (await import("../evaluate-kept.ts")).evaluateKept(options));
}
