import { z } from "zod";

/** The section `minutes.embeddings` of the configuration. */
export const EmbeddingsOptions = z
  .object({
    baseUrl: z
      .url()
      .describe(
        "Address of an OpenAI-compatible API with /embeddings, up to and with its version: http://127.0.0.1:8080/v1",
      ),
    model: z.string().min(1).describe("Name of the model, as that server calls it"),
    shownAs: z
      .string()
      .min(1)
      .max(80)
      .nullable()
      .default(null)
      .describe(
        "What people are told this server is, when they are asked whether their words may go there; null: its host",
      ),
    apiKeyFile: z
      .string()
      .nullable()
      .default(null)
      .describe("File that holds the API key; null for a server that asks for none"),
    alikeFrom: z
      .number()
      .min(0)
      .max(1)
      .default(0.45)
      .describe(
        "From which likeness on two statements are on one thing: their cosine, less what all statements of their language have in common. 0.45 was measured with multilingual-e5-small",
      ),
    timeoutSeconds: z.number().positive().max(600).default(20).describe("How long one answer may take"),
  })
  .strict();
export type EmbeddingsOptions = z.infer<typeof EmbeddingsOptions>;
