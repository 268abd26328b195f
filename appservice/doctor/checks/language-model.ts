import { APIError } from "openai";
import { z } from "zod";
import { openLlmIn } from "../../minutes/llm/llm.ts";
import { LlmError, type LlmFailure } from "../../minutes/llm/llm-error.ts";
import type { LlmOptions } from "../../minutes/options.ts";
import { type EnabledPlugin, enablePlugins, loadPlugins } from "../../minutes/registry.ts";
import { type Finding, inOrder, notLookedAt, problem, reasonOf, shown, warning } from "../finding.ts";
import type { DoctorLook } from "../look.ts";
import { timeLimit } from "../../time/time.ts";

const Greeting = z.object({ ready: z.boolean() });

/** A model of a machine of one's own may have to be loaded first. */
const MOST_PATIENCE_S = 60;

/** The smallest question that shows address, key, model and the form of answers. */
const question = {
  name: "ready",
  system: "Answer in JSON.",
  user: 'Answer with {"ready": true} and nothing else.',
  schema: Greeting,
  answerTokens: 40,
};

export const languageModel: DoctorLook = {
  title: "Language model",
  async look({ config: { minutes }, folder }) {
    const { enabled, problems } = enablePlugins(await loadPlugins(), minutes.plugins);
    const wrong = problems.map(({ key, message }) =>
      problem(`minutes.plugins.${key}: ${message}.`, "Mend or remove this key: the service does not start with it."),
    );
    const models = modelsOf(minutes.llm, enabled);
    if (models.length === 0)
      return [...wrong, notLookedAt("None is configured: minutes are highlights, and tasks found by rule.")];
    return [...wrong, ...(await Promise.all(models.map((model) => findingOf(model, folder))))];
  },
};

type Model = { readonly key: string; readonly options: LlmOptions };

/** Models to examine: that of all plugins, and those that a plugin has for itself. */
function modelsOf(shared: LlmOptions | null, enabled: readonly EnabledPlugin[]): readonly Model[] {
  return [
    ...(shared ? [{ key: "minutes.llm", options: shared }] : []),
    ...enabled.flatMap(({ plugin, llm }) => (llm ? [{ key: `minutes.plugins.${plugin.id}.llm`, options: llm }] : [])),
  ];
}

async function findingOf({ key, options }: Model, folder: string): Promise<Finding> {
  const [model, baseUrl] = [options.model, shown(options.baseUrl)];
  const timeoutSeconds = Math.min(options.timeoutSeconds, MOST_PATIENCE_S);
  try {
    await openLlmIn(folder, { ...options, timeoutSeconds }, { backoffMs: 200 }).ask(
      question,
      timeLimit(timeoutSeconds * 1000),
    );
    return inOrder(`${model} answers at ${baseUrl}.`);
  } catch (error) {
    if (!(error instanceof LlmError))
      return problem(`The language model of ${key} cannot be used (${reasonOf(error)}).`, `Check ${key}.`);
    if (error.failure === "nonsense") {
      return warning(
        `${model} answers at ${baseUrl}, but not in the form it was asked for.`,
        "Minutes fall back to highlights where it does so. A larger model keeps to the form.",
      );
    }
    return problem(
      `The language model cannot be used: ${model} at ${baseUrl} ${whatOf(error, timeoutSeconds)}.`,
      (REMEDIES[error.failure] ?? REMEDIES.refused)(key),
    );
  }
}

/** Reason in our own words, never the server's answer: some servers repeat the key there. */
function whatOf({ failure, cause }: LlmError, timeoutSeconds: number): string {
  if (cause instanceof APIError && cause.status !== undefined) return `answers with the status ${cause.status}`;
  return failure === "timeout" ? `does not answer within ${timeoutSeconds} s` : "cannot be reached";
}

type Remedy = (key: string) => string;
const REMEDIES: Readonly<Partial<Record<LlmFailure, Remedy>>> & { readonly refused: Remedy } = {
  unreachable: (key) =>
    `Start its server, or mend ${key}.baseUrl: the address up to and with its version, such as http://127.0.0.1:11434/v1.`,
  timeout: (key) =>
    `Look into its server's log; a slow machine needs a smaller model, or a longer ${key}.timeoutSeconds.`,
  refused: (key) => `Check ${key}: baseUrl with its version, model as the server calls it, apiKeyFile.`,
};
