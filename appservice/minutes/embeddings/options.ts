import { z } from "zod";

/** The section `minutes.embeddings` of the configuration. */
export const EmbeddingsOptions = z
  .object({
    baseUrl: z.url().describe("Address of an OpenAI-compatible API with /embeddings, up to and with its version: http://127.0.0.1:8080/v1"),
    model: z.string().min(1).describe("Name of the model, as that server calls it"),
    apiKeyFile: z.string().nullable().default(null).describe("File that holds the API key; null for a server that asks for none"),
    alikeFrom: z.number().min(0).max(1).default(0.9)
      .describe("From which cosine on two statements are on one thing. 0.9 fits multilingual-e5; models differ much in this"),
    timeoutSeconds: z.number().positive().max(600).default(20).describe("How long one answer may take"),
  })
  .strict();
export type EmbeddingsOptions = z.infer<typeof EmbeddingsOptions>;
