import { z } from "zod";
import { EmbeddingsOptions } from "./embeddings/options.ts";

/** The section `minutes` of the configuration. */
export const LlmOptions = z
  .object({
    api: z
      .enum(["openai", "gigachat"])
      .default("openai")
      .describe(
        "openai: any server of OpenAI's API, ChatGPT as well as llama.cpp, Ollama or vLLM; gigachat: Sber's GigaChat, whose key is first exchanged for a token",
      ),
    baseUrl: z
      .url()
      .describe("Address of an OpenAI-compatible API, up to and with its version: http://127.0.0.1:11434/v1"),
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
      .describe("File that holds the API key; null for a server that asks for none. Of GigaChat the authorization key"),
    caFile: z
      .string()
      .nullable()
      .default(null)
      .describe(
        "File with the certificate authority (PEM) that the server is known by, where the system does not know it",
      ),
    gigachat: z
      .strictObject({
        scope: z
          .enum(["GIGACHAT_API_PERS", "GIGACHAT_API_B2B", "GIGACHAT_API_CORP"])
          .default("GIGACHAT_API_PERS")
          .describe("Which kind of access the key is for"),
        tokenUrl: z
          .url()
          .default("https://ngw.devices.sberbank.ru:9443/api/v2/oauth")
          .describe("Where the key is exchanged for a token"),
      })
      .prefault({})
      .describe("What GigaChat wants besides"),
    contextTokens: z
      .number()
      .int()
      .min(1024)
      .default(8192)
      .describe("Size of the model's window; a longer transcript is summed up in parts, then the parts together"),
    tokensPerMeeting: z
      .number()
      .int()
      .min(1024)
      .default(400_000)
      .describe(
        "Most tokens, asked and answered, that the minutes of one meeting may cost, counted from letters; what is left is then made without a model, and says so",
      ),
    secondQuestion: z
      .boolean()
      .default(true)
      .describe(
        "Asks the model again about each of its sentences that the check leaves in doubt; costs tokens and time",
      ),
    timeoutSeconds: z.number().positive().max(600).default(60).describe("How long one answer may take"),
  })
  .strict();
export type LlmOptions = z.infer<typeof LlmOptions>;

export const MinutesOptions = z
  .object({
    llm: LlmOptions.nullable()
      .default(null)
      .describe(
        "Language model that writes the minutes. null: sentences are chosen from what was said, and tasks found by rule",
      ),
    embeddings: EmbeddingsOptions.nullable()
      .default(null)
      .describe(
        "Model of likeness, by which the graph joins statements of different people on one thing. null: they stand by themselves",
      ),
    plugins: z
      .record(z.string(), z.union([z.record(z.string(), z.unknown()), z.literal(false)]))
      .default({})
      .describe(
        "Options of a plugin by its id; false switches it off. A plugin that is not named runs with its defaults. With llm among them it has a model of its own, with llm: null none",
      ),
    timeLimitSeconds: z
      .number()
      .positive()
      .max(3600)
      .default(180)
      .describe("How long one result of one plugin may take"),
    tries: z
      .number()
      .int()
      .min(1)
      .max(10)
      .default(3)
      .describe("How often a failing plugin is tried before it is given up"),
  })
  .strict();
export type MinutesOptions = z.infer<typeof MinutesOptions>;
