import { closeSync, openSync, readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { Experiments } from "../experiments/options.ts";
import { datasetSecretFiles } from "../dataset/options.ts";
import { secretFiles } from "../export/tasks/registry.ts";
import { neededFiles, secretFilesOf, withAbsolutePaths } from "../scribe/options.ts";
import type { Config } from "./config.ts";
import type { Problem } from "./problems.ts";

const MODEL_REMEDY = "“npm run speech-model” fetches the model and prints these keys; speech.engine: off does without.";
const SECRET_REMEDY = "Put the secret alone into that file, readable for this service only.";
const KEY_REMEDY =
  "“npx --no mindminder crypto key” makes one; where the database holds keys already, put back the file that belongs to it.";
const LIVEKIT_REMEDY =
  "Put into it what stands in LiveKit's own configuration under keys: the key into apiKeyFile, its secret into apiSecretFile.";
const TOKEN_REMEDY = "BotFather tells it: /mybots, the bot, API Token. Put it alone into that file.";
/** LiveKit itself takes no shorter one. */
const SHORTEST_SECRET = 32;

/** A file that the configuration names. `secret`: it holds one, and nothing else. */
type Named = {
  readonly key: string;
  readonly path: string;
  readonly remedy: string;
  readonly secret?: { readonly shortest: number };
};

/** Problems with the files that the configuration names, as far as it could be read. */
export function fileProblems(
  config: Partial<Config>,
  file: string,
  folder: string,
  sets: Experiments["sets"] = {},
): Problem[] {
  return named(config, folder, sets)
    .flatMap(({ key, path, remedy, secret }): Problem[] => {
      const unreadable = unreadableBecause(path);
      if (unreadable) return [{ file, key, problem: unreadable.problem, remedy: unreadable.remedy ?? remedy }];
      const text = secret && readFileSync(path, "utf8").trim();
      if (text === "") return [{ file, key, problem: `${path} is empty.`, remedy }];
      if (text && secret && text.length < secret.shortest)
        return [
          {
            file,
            key,
            problem: `${path} holds a secret of ${text.length} characters; ${secret.shortest} or more are asked for.`,
            remedy,
          },
        ];
      if (text && /\s/.test(text))
        return [
          {
            file,
            key,
            problem: `${path} holds more than the secret: there is a blank or a second line in it.`,
            remedy,
          },
        ];
      return [];
    })
    .concat(databaseProblem(config, file, folder));
}

function named(
  { livekit, encryption, speech, minutes, export: exporting, dataset, telegram }: Partial<Config>,
  folder: string,
  sets: Experiments["sets"],
): Named[] {
  const path = (name: string) => resolve(folder, name);
  const secretIn = (key: string, name: string | null | undefined, remedy = SECRET_REMEDY, shortest = 1): Named[] =>
    name ? [{ key, path: path(name), remedy, secret: { shortest } }] : [];
  const llms = Object.entries({ minutes, ...sets }).flatMap(([key, given]) => [
    [`${key}.llm`, given?.llm] as const,
    ...Object.entries(given?.plugins ?? {}).flatMap(([plugin, options]) =>
      options === false ? [] : [[`${key}.plugins.${plugin}.llm`, options["llm"]] as const],
    ),
  ]);
  return [
    ...secretIn("livekit.apiKeyFile", livekit?.apiKeyFile, LIVEKIT_REMEDY),
    ...secretIn("livekit.apiSecretFile", livekit?.apiSecretFile, LIVEKIT_REMEDY, SHORTEST_SECRET),
    ...secretIn("encryption.keyFile", encryption?.keyFile, KEY_REMEDY, SHORTEST_SECRET),
    ...secretIn("telegram.tokenFile", telegram?.tokenFile, TOKEN_REMEDY),
    ...(speech
      ? neededFiles(withAbsolutePaths(speech, folder)).map(({ key, path: model }) => ({
          key: `speech.${key}`,
          path: model,
          remedy: MODEL_REMEDY,
        }))
      : []),
    ...(speech ? secretFilesOf(speech).flatMap(({ key, path: secret }) => secretIn(`speech.${key}`, secret)) : []),
    ...llms.flatMap(([key, llm]) => llmFiles(key, llm, secretIn, path)),
    ...secretIn("minutes.embeddings.apiKeyFile", minutes?.embeddings?.apiKeyFile),
    ...(dataset ? datasetSecretFiles(dataset).flatMap(({ key, file }) => secretIn(`dataset.${key}`, file)) : []),
    ...(exporting
      ? secretFiles(exporting, folder).map(({ key, path: secret }) => ({
          key: `export.${key}`,
          path: secret,
          remedy: SECRET_REMEDY,
          secret: { shortest: 1 },
        }))
      : []),
  ];
}

/** A plugin's own model is checked for its form where the plugins are; here for its files alone. */
function llmFiles(
  key: string,
  llm: unknown,
  secretIn: (key: string, name: string) => Named[],
  path: (name: string) => string,
): Named[] {
  const { apiKeyFile, caFile } = (llm ?? {}) as { apiKeyFile?: unknown; caFile?: unknown };
  return [
    ...(typeof apiKeyFile === "string" ? secretIn(`${key}.apiKeyFile`, apiKeyFile) : []),
    ...(typeof caFile === "string"
      ? [{ key: `${key}.caFile`, path: path(caFile), remedy: "Name the certificate authority's file (PEM)." }]
      : []),
  ];
}

function databaseProblem({ database }: Partial<Config>, file: string, folder: string): Problem[] {
  const path = database && resolve(folder, database);
  if (!path || !statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [];
  return [
    {
      file,
      key: "database",
      problem: `${path} is a folder.`,
      remedy: "Name a file in it, such as mindminder.db: the service makes it.",
    },
  ];
}

/** Why a file cannot be read by this user, if it cannot: not there, not a file, or not theirs to read. */
export function unreadableBecause(path: string): { readonly problem: string; readonly remedy?: string } | null {
  try {
    if (statSync(path).isDirectory()) return { problem: `${path} is a folder, not a file.` };
    closeSync(openSync(path, "r"));
    return null;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    if (code === "ENOENT" || code === "ENOTDIR") return { problem: `there is no file ${path}.` };
    if (code !== "EACCES" && code !== "EPERM") return { problem: `${path} cannot be read (${code}).` };
    return {
      problem: `${path} cannot be read by this user (uid ${process.geteuid?.() ?? "unknown"}).`,
      remedy:
        "Let the service's user read it, and enter every folder above it; what lies in somebody's home, such as /root, is closed to others.",
    };
  }
}
