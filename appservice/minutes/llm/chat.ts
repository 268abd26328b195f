import { readFileSync } from "node:fs";
import OpenAI from "openai";
import { Stream } from "openai/streaming";
import type { LlmOptions } from "../options.ts";
import { gigachatTokens } from "./gigachat.ts";
import { fetchTrusting } from "./https-fetch.ts";
import { timeLimit } from "../../time/time.ts";

export type ChatBody = Omit<OpenAI.ChatCompletionCreateParamsNonStreaming, "stream" | "model">;

/** Sends one question to a chat model and resolves to its text; `onText` gets it while it comes. */
export type Chat = (body: ChatBody, signal: AbortSignal, onText?: (soFar: string) => void) => Promise<string>;

/** Most letters of a token. An answer that grows beyond its tokens by this is no answer. */
const LETTERS_A_TOKEN = 12;

/** Opens an OpenAI-compatible API, whose key may be a token that is to be fetched first. */
export function openChat(options: LlmOptions): Chat {
  const trusting = options.caFile === null ? undefined : fetchTrusting(read(options.caFile, "caFile"));
  const key = options.apiKeyFile === null ? "none" : read(options.apiKeyFile, "apiKeyFile").trim();
  const tokens =
    options.api === "gigachat" ? gigachatTokens({ ...options.gigachat, key, fetch: trusting ?? fetch }) : null;
  const client = new OpenAI({
    baseURL: options.baseUrl,
    apiKey: tokens ? () => tokens.get() : key,
    timeout: options.timeoutSeconds * 1000,
    maxRetries: 0, // tried again by whoever asks, where an abort and a refused form are told from a busy server
    logLevel: "off",
    ...(trusting ? { fetch: trusting } : {}),
  });

  async function ask(body: ChatBody, signal: AbortSignal, onText?: (soFar: string) => void): Promise<string> {
    // The limit holds beyond the headers, too: a server may drip an answer for ever.
    const ending = AbortSignal.any([signal, timeLimit(options.timeoutSeconds * 1000)]);
    await tokens?.get(); // so that its refusal is told as it is
    const request = { ...body, model: options.model };
    if (!onText)
      return (await client.chat.completions.create(request, { signal: ending })).choices[0]?.message.content ?? "";
    const response = await client.chat.completions
      .create({ ...request, stream: true }, { signal: ending })
      .asResponse();
    if (!response.headers.get("content-type")?.includes("event-stream")) {
      // A server that knows no streams answers whole.
      return ((await response.json()) as OpenAI.ChatCompletion).choices[0]?.message.content ?? "";
    }
    const controller = new AbortController();
    ending.addEventListener("abort", () => controller.abort(), { once: true });
    let text = "";
    for await (const chunk of Stream.fromSSEResponse<OpenAI.ChatCompletionChunk>(response, controller)) {
      text += chunk.choices[0]?.delta.content ?? "";
      onText(text);
      if (text.length > LETTERS_A_TOKEN * (body.max_tokens ?? Infinity)) break;
    }
    ending.throwIfAborted();
    return text;
  }

  return async (body, signal, onText) => {
    try {
      return await ask(body, signal, onText);
    } catch (error) {
      if (!tokens || !(error instanceof OpenAI.APIError) || error.status !== 401) throw error;
      tokens.forget(); // ended sooner than it said
      return ask(body, signal, onText);
    }
  };
}

function read(file: string, option: "apiKeyFile" | "caFile"): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`minutes.llm.${option}: ${file} cannot be read; name a file that the service may read`, {
      cause: error,
    });
  }
}
