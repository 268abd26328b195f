import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import type { EngineFile, EngineKind, EngineServer } from "./engine-kind.ts";
import { ENGINES } from "./engine-list.ts";
import { FleetOptions } from "./fleet/options.ts";
import { hostOf, isOnThisMachine } from "./own-machine.ts";

type Kinds = typeof ENGINES;
export type EngineName = keyof Kinds;
type NameOf<Use> = { [K in EngineName]: Kinds[K]["use"] extends Use ? K : never }[EngineName];
type EngineOptions = { [K in EngineName]: z.output<Kinds[K]["options"]> };

/** The list once more, so typed that an engine found by its name takes the options found by the same name. */
const KINDS: { readonly [K in EngineName]: EngineKind<EngineOptions[K]> } = ENGINES;

const namesOf = <Use extends "record" | "captions">(use: Use) =>
  (Object.keys(ENGINES) as EngineName[]).filter((name): name is NameOf<Use> => ENGINES[name].use === use);
const [RECORD, CAPTIONS] = [namesOf("record"), namesOf("captions")];

/** The sections of some engines, each by its name. */
const sectionsOf = <Name extends EngineName>(names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, ENGINES[name].inConfig])) as { [K in Name]: Kinds[K]["inConfig"] };

const choice = (names: readonly EngineName[]) => names.map((name) => `${name}: ${ENGINES[name].about}`).join("; ");

/** Accepts `true` and `false`, too, which stood here before there was a choice. */
const Captions = z.preprocess(
  (value) => (value === true ? "same" : value === false ? "off" : value),
  z.enum(["same", ...CAPTIONS, "off"]),
);

/** The section `speech` of the configuration. */
export const ScribeOptions = z.strictObject({
  engine: z
    .enum([...RECORD, "off"])
    .default(RECORD[0] ?? "off")
    .describe(`${choice(RECORD)}; off: nothing is written down`),
  ...sectionsOf(RECORD),
  voiceActivityModel: z
    .string()
    .min(1)
    .default("models/silero_vad_v5.onnx")
    .describe("Silero's voice activity model, version 5 (ONNX): it tells speech from silence for every engine"),
  waitingMegabytes: z
    .number()
    .int()
    .min(10)
    .max(1_000_000)
    .default(500)
    .describe(
      "How much speech may wait on the disk, beside the database, until the engine makes text of it; an hour of speech takes 60",
    ),
  keepAudioDays: z
    .number()
    .int()
    .min(0)
    .max(3650)
    .default(0)
    .describe(
      "For how many days the sound of turns is kept, beside the database, so that the room's members can hear it from the transcript: only of " +
        "people who agreed to it in the widget's settings, who may take that back; 0: none is kept",
    ),
  captions: Captions.default("same").describe(
    "Captions in the call while somebody speaks; they give way to what is written down. same: by the engine " +
      `above, which takes up to half a core; ${choice(CAPTIONS)}; off: none`,
  ),
  ...sectionsOf(CAPTIONS),
  fleet: FleetOptions.optional().describe(
    "Workers that decode speech (“mindminder worker”), on this machine or others; without this section the service decodes by itself",
  ),
});
export type ScribeOptions = z.infer<typeof ScribeOptions>;

/** An engine with its own section of the options, ready to be asked and opened. */
export type ChosenEngine = {
  readonly name: EngineName;
  readonly secretFiles: readonly EngineFile[];
  readonly modelFiles: readonly EngineFile[];
  readonly server: EngineServer | null;
  open(): ReturnType<EngineKind<never>["open"]>;
};

/** Engine of the record; null where nothing is written down. */
export function recordEngine(options: ScribeOptions): ChosenEngine | null {
  return options.engine === "off" ? null : chosen(options.engine, options);
}

/** Engine of English captions, where that is not the engine of the record. */
export function captionEngine(options: ScribeOptions): ChosenEngine | null {
  const { engine, captions } = options;
  return engine === "off" || captions === "same" || captions === "off" ? null : chosen(captions, options);
}

/** Takes an engine together with its own options. */
function chosen<K extends EngineName>(name: K, all: EngineOptions): ChosenEngine {
  const options: EngineOptions[K] = all[name];
  const kind: EngineKind<EngineOptions[K]> = KINDS[name];
  const underName = ({ key, path }: EngineFile) => ({ key: `${name}.${key}`, path });
  return {
    name,
    secretFiles: kind.secretFiles
      .flatMap((key) => (options[key] === null ? [] : [{ key, path: String(options[key]) }]))
      .map(underName),
    modelFiles: kind.modelFiles(options).map(underName),
    server: kind.server(options),
    open: () => kind.open(options),
  };
}

/** Returns the options with every path counted from `folder`. */
export function withAbsolutePaths(options: ScribeOptions, folder: string): ScribeOptions {
  const path = (file: string) => resolve(folder, file);
  const { fleet, ...others } = options;
  return (Object.keys(ENGINES) as EngineName[]).reduce((all, name) => withPathsOf(name, all, folder), {
    ...others,
    ...(fleet && {
      fleet: { ...fleet, keyFile: path(fleet.keyFile), passwordFile: fleet.passwordFile && path(fleet.passwordFile) },
    }),
    voiceActivityModel: resolve(folder, options.voiceActivityModel),
  });
}

function withPathsOf<K extends EngineName>(name: K, all: ScribeOptions, folder: string): ScribeOptions {
  const own: EngineOptions[K] = all[name];
  const paths = KINDS[name].paths.map((key) => [key, own[key] === null ? null : resolve(folder, String(own[key]))]);
  return { ...all, [name]: { ...own, ...Object.fromEntries(paths) } };
}

const enginesIn = (options: ScribeOptions) =>
  [recordEngine(options), captionEngine(options)].filter((engine) => engine !== null);

/** Lists the files of models that the chosen engines need: the key that names each, and its path. */
export function neededFiles(options: ScribeOptions): EngineFile[] {
  if (enginesIn(options).length === 0) return [];
  return [
    { key: "voiceActivityModel", path: options.voiceActivityModel },
    ...(decodesHere(options) ? modelFilesOf(options) : []),
  ];
}

/** Lists the files of models of the chosen engines alone. */
function modelFilesOf(options: ScribeOptions): EngineFile[] {
  return enginesIn(options).flatMap(({ modelFiles }) => modelFiles);
}

/** Tells whether the service itself may have to decode speech. */
export const decodesHere = ({ fleet }: Pick<ScribeOptions, "fleet">): boolean =>
  fleet === undefined || fleet.decodeHere;

/** Lists the files with secrets that the chosen engines need. */
export function secretFilesOf(options: ScribeOptions): EngineFile[] {
  const { fleet } = options;
  const ofFleet = { "fleet.keyFile": fleet?.keyFile, "fleet.passwordFile": fleet?.passwordFile };
  const engines = decodesHere(options) ? enginesIn(options) : [];
  return [
    ...engines.flatMap(({ secretFiles }) => secretFiles),
    ...Object.entries(ofFleet).flatMap(([key, path]) => (path ? [{ key, path }] : [])),
  ];
}

/** Lists the servers to which the chosen engines send what is said. */
export function serversOf(options: ScribeOptions): EngineServer[] {
  return enginesIn(options).flatMap(({ server }) => (server === null ? [] : [server]));
}

/**
 * Names, as people are shown them, of the servers outside this machine to which the chosen engines send what is said.
 */
export function serversOutside(options: ScribeOptions): string[] {
  const outside = serversOf(options).filter(({ baseUrl }) => !isOnThisMachine(baseUrl));
  return outside.map(({ baseUrl, shownAs }) => shownAs ?? hostOf(baseUrl));
}

/** Lists the files that a worker needs and cannot find: it hears nobody, so it tells no speech from silence. */
export function missingOfWorker(options: ScribeOptions): EngineFile[] {
  return [...modelFilesOf(options), ...secretFilesOf(options)].filter(({ path }) => !existsSync(path));
}

/** Lists the files that the chosen engines need and cannot find. */
export function missingFiles(options: ScribeOptions): EngineFile[] {
  return [...neededFiles(options), ...secretFilesOf(options)].filter(({ path }) => !existsSync(path));
}
