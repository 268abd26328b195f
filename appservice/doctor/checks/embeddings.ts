import { APIConnectionTimeoutError, APIError } from "openai";
import { ZodError } from "zod";
import { EmbeddingsError } from "../../minutes/embeddings/embeddings.ts";
import { embeddingsFrom } from "../../minutes/minutes.ts";
import { inOrder, notLookedAt, problem, reasonOf, shown } from "../finding.ts";
import type { DoctorLook } from "../look.ts";
import { timeLimit } from "../../time/time.ts";

const MOST_PATIENCE_S = 60;

export const embeddings: DoctorLook = {
  title: "Likeness of statements (embeddings)",
  async look({ config, folder }) {
    const options = config.minutes.embeddings;
    if (!options)
      return [
        notLookedAt("No model is configured: the graph joins statements of different people by their words alone."),
      ];
    const [model, baseUrl] = [options.model, shown(options.baseUrl)];
    const timeoutSeconds = Math.min(options.timeoutSeconds, MOST_PATIENCE_S);
    const late = timeLimit(timeoutSeconds * 1000);
    try {
      await embeddingsFrom({ ...config.minutes, embeddings: { ...options, timeoutSeconds } }, folder)?.of(
        ["one thing", "another thing"],
        late,
      );
      return [inOrder(`${model} answers at ${baseUrl}.`)];
    } catch (error) {
      if (late.aborted)
        return [
          problem(
            `${model} at ${baseUrl} does not answer within ${timeoutSeconds} s.`,
            "Look into its server's log, or give it longer by minutes.embeddings.timeoutSeconds.",
          ),
        ];
      return [
        problem(
          `${model} at ${baseUrl} gives no vectors (${whyOf(error)}).`,
          "Check minutes.embeddings: baseUrl with its version, model as the server calls it, apiKeyFile. Meanwhile the graph does without.",
        ),
      ];
    }
  },
};

/** Reason in our own words, never the server's answer: some servers repeat the key there. */
function whyOf(error: unknown): string {
  if (!(error instanceof EmbeddingsError)) return reasonOf(error);
  const { cause } = error;
  if (cause instanceof APIConnectionTimeoutError) return "no answer in time";
  if (cause instanceof APIError) return cause.status === undefined ? "no connection" : `status ${cause.status}`;
  return cause instanceof ZodError || cause instanceof TypeError || cause instanceof SyntaxError
    ? "the answer holds none"
    : reasonOf(cause);
}
