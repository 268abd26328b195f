import { readFileSync } from "node:fs";
import OpenAI from "openai";
import { Stream } from "openai/streaming";
import { z } from "zod";
import type { LlmOptions } from "../options.ts";
import { gigachatTokens } from "./gigachat.ts";
import { fetchTrusting } from "./https-fetch.ts";
import { turnsOfOthers } from "../../journal/parts-of-work.ts";
import { timeLimit } from "../../time/time.ts";

export type ChatBody = Omit<OpenAI.ChatCompletionCreateParamsNonStreaming, "stream" | "model">;

export type Chat = {
  /**
   * Sends one question to a chat model and resolves to its text; `onText` gets it while it comes. An answer that grows
   * too long is stopped and taken as far as it has come; one that takes too long rejects with `CutShort`.
   */
  readonly text: (body: ChatBody, signal: AbortSignal, onText: (soFar: string) => void) => Promise<string>;
  /** Sends a question whose answer is a word, and resolves to it with what else it might have been. */
  readonly word: (body: ChatBody, signal: AbortSignal) => Promise<AnsweredWord>;
};

/** `places`: for each token of the answer, the likeliest ones there, with the logarithms of their probabilities. */
export type AnsweredWord = {
  readonly text: string;
  readonly places: readonly (readonly { readonly token: string; readonly logprob: number }[])[];
};

const WORD_ANSWER = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullable() }),
        logprobs: z
          .object({
            content: z
              .array(z.object({ top_logprobs: z.array(z.object({ token: z.string(), logprob: z.number() })) }))
              .nullish(),
          })
          .nullish(),
      }),
    )
    .min(1),
});

/** Thrown for an answer that was not at its end when its time was over. */
export class CutShort extends Error {
  readonly text: string;

  constructor(text: string, options: ErrorOptions) {
    super("the answer was not at its end in time", options);
    this.text = text;
  }
}

/** Most letters of a token. An answer that grows beyond its tokens by this is no answer. */
const LETTERS_A_TOKEN = 12;

/** Bytes of the envelope in which an answer comes that is no stream. */
const ENVELOPE_BYTES = 65_536;
const BYTES_A_LETTER = 6; // as \u0434

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

  async function ask(body: ChatBody, signal: AbortSignal, onText: (soFar: string) => void): Promise<string> {
    // The limit holds beyond the headers, too: a server may drip an answer for ever.
    const late = timeLimit(options.timeoutSeconds * 1000);
    const ending = AbortSignal.any([signal, late]);
    await tokens?.get(); // so that its refusal is told as it is
    const letters = LETTERS_A_TOKEN * (body.max_tokens ?? Infinity);
    // Asked for as a stream in any case: that alone can be stopped where the model does not stop.
    const response = await client.chat.completions
      .create({ ...body, model: options.model, stream: true }, { signal: ending })
      .asResponse();
    if (!response.headers.get("content-type")?.includes("event-stream")) {
      // A server that knows no streams answers whole.
      const whole = await readUpTo(response, ENVELOPE_BYTES + BYTES_A_LETTER * letters);
      const answer = (JSON.parse(whole) as OpenAI.ChatCompletion).choices[0]?.message.content ?? "";
      const text = answer.slice(0, letters);
      onText(text);
      return text;
    }
    let text = "";
    try {
      const controller = new AbortController();
      ending.addEventListener("abort", () => controller.abort(), { once: true });
      // A server that flushes late sends hundreds of pieces at once.
      const others = turnsOfOthers();
      for await (const chunk of Stream.fromSSEResponse<OpenAI.ChatCompletionChunk>(response, controller)) {
        text += chunk.choices[0]?.delta.content ?? "";
        const isTooLong = text.length > letters;
        if (isTooLong) text = text.slice(0, letters);
        onText(text);
        if (isTooLong) break;
        await others();
      }
      ending.throwIfAborted();
    } catch (error) {
      if (late.aborted && !signal.aborted) throw new CutShort(text, { cause: error });
      throw error;
    }
    return text;
  }

  async function word(body: ChatBody, signal: AbortSignal): Promise<AnsweredWord> {
    const ending = AbortSignal.any([signal, timeLimit(options.timeoutSeconds * 1000)]);
    await tokens?.get();
    const response = await client.chat.completions
      .create({ ...body, model: options.model, stream: false }, { signal: ending })
      .asResponse();
    const answer = WORD_ANSWER.parse(JSON.parse(await readUpTo(response, ENVELOPE_BYTES)));
    const [first] = answer.choices;
    return {
      text: first?.message.content ?? "",
      places: (first?.logprobs?.content ?? []).map((place) => place.top_logprobs),
    };
  }

  async function withFreshToken<T>(send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      if (!tokens || !(error instanceof OpenAI.APIError) || error.status !== 401) throw error;
      tokens.forget(); // ended sooner than it said
      return send();
    }
  }

  return {
    text: (body, signal, onText) => withFreshToken(() => ask(body, signal, onText)),
    word: (body, signal) => withFreshToken(() => word(body, signal)),
  };
}

async function readUpTo(response: Response, bytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > bytes) throw new Error(`the server answers with more than ${bytes} bytes`);
  }
  return Buffer.concat(chunks).toString("utf8");
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
