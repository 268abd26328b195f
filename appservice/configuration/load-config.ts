import { dirname, resolve } from "node:path";
import { z } from "zod";
import { Experiments, NO_EXPERIMENTS } from "../experiments/options.ts";
import { type ScribeOptions, withAbsolutePaths } from "../scribe/options.ts";
import { Config } from "./config.ts";
import { doubtsAbout } from "./doubts.ts";
import { fileProblems, unreadableBecause } from "./named-files.ts";
import { BadFiles, type Problem } from "./problems.ts";
import { Registration } from "./registration.ts";
import { shardProblems } from "./shard-problems.ts";
import { readYaml } from "./yaml-file.ts";

export type LoadedConfig = {
  readonly config: Config;
  readonly registration: Registration;
  readonly experiments: Experiments;
  /** Folder from which paths in it count. */
  readonly folder: string;
  /** Its own path, for processes that read it anew. */
  readonly file: string;
};

/**
 * Reads the configuration and the registration it names. Paths in it count from its own folder. Throws `BadFiles` with
 * all that is wrong.
 */
export function loadConfig(file: string): LoadedConfig {
  const { loaded, problems } = readAll(file);
  if (!loaded || problems.length > 0) throw new BadFiles(problems);
  return loaded;
}

export type Examined = {
  /** Null where something keeps the service from starting. */
  readonly loaded: LoadedConfig | null;
  readonly problems: readonly Problem[];
  /** Settings that can hardly be meant so. */
  readonly doubts: readonly Problem[];
};

/** Examines a configuration, as far as it can be seen without asking another server. */
export function examineConfig(file: string): Examined {
  const { loaded, problems, doubts } = readAll(file);
  return { loaded: problems.length > 0 ? null : loaded, problems, doubts };
}

/** Loads the settings of speech recognition alone, which runs without a homeserver. */
export function loadSpeech(file: string): Pick<Config, "speech" | "speechLanguage"> {
  const path = resolve(file);
  const { speech, speechLanguage } = readYaml(path, Config);
  const problems = fileProblems({ speech }, path, dirname(path));
  if (problems.length > 0) throw new BadFiles(problems);
  return { speech: absolute(speech, path), speechLanguage };
}

/** Loads the settings of a worker, whose machine need know nothing of homeserver and calls. */
export function loadWorker(file: string): Pick<Config, "speech" | "log"> {
  const path = resolve(file);
  const { speech, log } = readYaml(path, Config.pick({ speech: true, log: true }).strip());
  return { speech: absolute(speech, path), log };
}

/**
 * Loads the settings of the stored data, and nothing else: a backup can be put back while the homeserver's and
 * LiveKit's keys are not at hand. systemd gives them to the running service alone.
 */
export function loadKept(
  file: string,
): Pick<Config, "database" | "language" | "minutes" | "experiments"> & { readonly folder: string } {
  const path = resolve(file);
  return {
    ...readYaml(path, Config.pick({ database: true, language: true, minutes: true, experiments: true }).strip()),
    folder: dirname(path),
  };
}

/** Reads the file of sets and experiments that a configuration names; without one there are none. */
export function readExperiments({ experiments }: Pick<Partial<Config>, "experiments">, folder: string): Experiments {
  return experiments === undefined ? NO_EXPERIMENTS : readYaml(resolve(folder, experiments), Experiments);
}

/**
 * Loads what sets of the kept data are built by; like `loadKept` it asks for no key of the homeserver or of LiveKit.
 */
export function loadDataset(
  file: string,
): Pick<Config, "database" | "language" | "dataset" | "speech"> & { readonly folder: string } {
  const path = resolve(file);
  return {
    ...readYaml(path, Config.pick({ database: true, language: true, dataset: true, speech: true }).strip()),
    folder: dirname(path),
  };
}

const absolute = (speech: ScribeOptions, path: string) => withAbsolutePaths(speech, dirname(path));

function readAll(file: string): { loaded: LoadedConfig | null; problems: Problem[]; doubts: Problem[] } {
  const path = resolve(file);
  const folder = dirname(path);
  const { config, partly, problems } = readSections(path);
  const registration = partly.homeserver
    ? collected(problems, () => readRegistration(path, resolve(folder, partly.homeserver?.registration ?? "")))
    : null;
  const experiments = collected(problems, () => readExperiments(partly, folder));
  problems.push(...fileProblems(partly, path, folder, experiments?.sets), ...shardProblems(partly, path));
  const loaded = config &&
    registration &&
    experiments && {
      config: { ...config, speech: absolute(config.speech, path) },
      registration,
      experiments,
      folder,
      file: path,
    };
  return { loaded, problems, doubts: doubtsAbout(partly, registration, path) };
}

/** The whole, or those sections that can be read: what one of them names is looked at though another is wrong. */
function readSections(path: string): { config: Config | null; partly: Partial<Config>; problems: Problem[] } {
  const problems: Problem[] = [];
  const config = collected(problems, () => readYaml(path, Config));
  if (config) return { config, partly: config, problems };
  const sections = Object.fromEntries(
    Object.entries(Config.shape).map(([key, section]) => [key, leniently(section).catch(undefined)]),
  );
  const read = collected([], () => readYaml(path, z.object(sections)));
  return { config, partly: (read ?? {}) as Partial<Config>, problems };
}

/** A key that is not known keeps nobody from looking at the others. */
function leniently(section: z.ZodType): z.ZodType {
  return section instanceof z.ZodObject ? section.strip() : section;
}

function readRegistration(path: string, file: string): Registration {
  const unreadable = unreadableBecause(file);
  if (unreadable) {
    const remedy =
      unreadable.remedy ??
      "Make one with “npx --no mindminder registration --url …”, name it there, and give it to the homeserver, too.";
    throw new BadFiles([{ file: path, key: "homeserver.registration", problem: unreadable.problem, remedy }]);
  }
  return readYaml(file, Registration);
}

function collected<T>(problems: Problem[], read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BadFiles)) throw error;
    problems.push(...error.problems);
    return null;
  }
}
