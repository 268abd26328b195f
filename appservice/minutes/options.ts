import { z } from "zod";
import { EmbeddingsOptions } from "./embeddings/options.ts";

/** The section `minutes` of the configuration. */
export const LlmOptions = z
  .object({
    baseUrl: z.url().describe("Address of an OpenAI-compatible API, up to and with its version: http://127.0.0.1:11434/v1"),
    model: z.string().min(1).describe("Name of the model, as that server calls it"),
    apiKeyFile: z.string().nullable().default(null).describe("File that holds the API key; null for a server that asks for none"),
    contextTokens: z.number().int().min(1024).default(8192)
      .describe("Size of the model's window; a longer transcript is summed up in parts, then the parts together"),
    timeoutSeconds: z.number().positive().max(600).default(60).describe("How long one answer may take"),
  })
  .strict();
export type LlmOptions = z.infer<typeof LlmOptions>;

export const MinutesOptions = z
  .object({
    llm: LlmOptions.nullable().default(null)
      .describe("Language model that writes the minutes. null: sentences are chosen from what was said, and tasks found by rule"),
    embeddings: EmbeddingsOptions.nullable().default(null)
      .describe("Model of likeness, by which the graph joins statements of different people on one thing. null: they stand by themselves"),
    plugins: z.record(z.string(), z.union([z.record(z.string(), z.unknown()), z.literal(false)])).default({})
      .describe("Options of a plugin by its id; false switches it off. A plugin that is not named runs with its defaults"),
    timeLimitSeconds: z.number().positive().max(3600).default(180).describe("How long one result of one plugin may take"),
    tries: z.number().int().min(1).max(10).default(3).describe("How often a failing plugin is tried before it is given up"),
  })
  .strict();
export type MinutesOptions = z.infer<typeof MinutesOptions>;
