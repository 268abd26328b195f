import { z } from "zod";
import { LlmError, openLlmIn } from "../../minutes/llm/llm.ts";
import { inOrder, notLookedAt, problem, reasonOf, warning } from "../finding.ts";
import type { Look } from "../look.ts";

const Greeting = z.object({ ready: z.boolean() });

/** The smallest question that shows address, key, model and the form of answers. */
const question = { name: "ready", system: "Answer in JSON.", user: 'Answer with {"ready": true} and nothing else.', schema: Greeting, answerTokens: 40 };

export const languageModel: Look = {
  title: "Language model",
  async look({ config, folder }) {
    const options = config.minutes.llm;
    if (!options) return [notLookedAt("None is configured: minutes are highlights, and tasks found by rule.")];
    const { model, baseUrl, timeoutSeconds } = options;
    try {
      await openLlmIn(folder, options).ask(question, AbortSignal.timeout(timeoutSeconds * 1000));
      return [inOrder(`${model} answers at ${baseUrl}.`)];
    } catch (error) {
      if (error instanceof LlmError && error.code === "nonsense") {
        return [warning(`${model} answers at ${baseUrl}, but not in the form it was asked for.`, "Minutes fall back to highlights where it does so. A larger model keeps to the form.")];
      }
      return [problem(`The language model cannot be used (${reasonOf(error)}).`, "Check minutes.llm: baseUrl with its version, model as the server calls it, apiKeyFile.")];
    }
  },
};
