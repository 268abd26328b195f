import { resolve } from "node:path";
import type OpenAI from "openai";
import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from "openai";
import { z } from "zod";
import { retryAfterMs } from "../../protocol/retry-after.ts";
import type { LlmOptions } from "../options.ts";
import { answerIn } from "./answer.ts";
import { openChat } from "./chat.ts";
import { ServiceError } from "../../protocol/mindminder-error.ts";
import type { ErrorCode } from "../../protocol/error-list.ts";
import { waitAfter } from "../../retry/pace.ts";
import { monotonic, sleep, wallClock } from "../../time/time.ts";

export type ModelQuestion<T> = {
  /** Name of the answer's form, for the API: letters, digits and underscores. */
  readonly name: string;
  readonly system: string;
  readonly user: string;
  readonly schema: z.ZodType<T>;
  /** Most tokens that the answer may take. */
  readonly answerTokens: number;
  /** Called with the answer while it comes, unchecked. */
  readonly onText?: (soFar: string) => void;
};

/** Language model that answers in a form that was checked. */
export type Llm = {
  readonly model: string;
  readonly contextTokens: number;
  /** Rejects with an `LlmError` once it is clear that no fitting answer will come. */
  ask<T>(question: ModelQuestion<T>, signal: AbortSignal): Promise<T>;
};

export type LlmFailure = "unreachable" | "timeout" | "refused" | "nonsense" | "too-long" | "ungrounded" | "resting";

const CODES = {
  unreachable: "MODEL_UNREACHABLE",
  timeout: "MODEL_TIMEOUT",
  refused: "MODEL_REFUSED",
  nonsense: "MODEL_NONSENSE",
  "too-long": "MODEL_TOO_LONG",
  ungrounded: "MODEL_UNGROUNDED",
  resting: "MODEL_RESTING",
} as const satisfies Record<LlmFailure, ErrorCode>;

export class LlmError extends ServiceError {
  readonly failure: LlmFailure;

  constructor(failure: LlmFailure, message: string, options?: ErrorOptions) {
    super(CODES[failure], message, options);
    this.failure = failure;
  }
}

/** Ways of asking for a form, the strictest first. Servers differ in which they know; each answer is checked anyway. */
const LADDER = ["json_schema", "json_object_with_schema", "json_object", "text"] as const;
type Rung = (typeof LADDER)[number];

const TRIES = 3;
const REST_MS = 30_000;
const LONGEST_WAIT_MS = 20_000;

type Tuning = { backoffMs?: number; restMs?: number; now?: () => number };

/** Opens a language model, with the files that the options name counting from a folder. */
export function openLlmIn(folder: string, options: LlmOptions, tuning: Tuning = {}): Llm {
  const absolute = (file: string | null) => (file === null ? null : resolve(folder, file));
  return openLlm({ ...options, apiKeyFile: absolute(options.apiKeyFile), caFile: absolute(options.caFile) }, tuning);
}

export function openLlm(options: LlmOptions, tuning: Tuning = {}): Llm {
  const { backoffMs = 1_000, restMs = REST_MS, now = monotonic } = tuning;
  const chat = openChat(options);
  /**
   * First rung that this server did not refuse; remembered, so that a refusal costs one request and not one each time.
   */
  let lowest = 0;
  /** Time until which a server that is away is left alone, so that the minutes are not a row of time-outs. */
  let restsUntil = 0;

  async function ask<T>(question: ModelQuestion<T>, signal: AbortSignal): Promise<T> {
    if (now() < restsUntil)
      throw new LlmError("resting", "the language model failed a moment ago and is left alone for now");
    let last = new LlmError("nonsense", "no way of asking was left");
    let refused = lowest;
    for (let rung = lowest; rung < LADDER.length; rung++) {
      try {
        const text = await request(question, LADDER[rung]!, signal);
        lowest = refused;
        const answer = answerIn(text, question.schema);
        if (answer.ok) return answer.value;
        last = new LlmError("nonsense", answer.problem);
      } catch (error) {
        last = asLlmError(error, signal);
        if (signal.aborted) throw last; // nobody waits any more; that says nothing of the server
        if (last.failure === "unreachable" || last.failure === "timeout") restsUntil = now() + restMs;
        if (last.failure !== "refused" || !mayBeTheForm(error)) throw last;
        if (refused === rung) refused = rung + 1;
      }
    }
    throw last;
  }

  async function request<T>(question: ModelQuestion<T>, rung: Rung, signal: AbortSignal): Promise<string> {
    for (let attempt = 1; ; attempt++) {
      try {
        const messages = [
          { role: "system", content: question.system },
          { role: "user", content: question.user },
        ] as const;
        return await chat(
          { temperature: 0, max_tokens: question.answerTokens, messages: [...messages], ...form(rung, question) },
          signal,
          question.onText,
        );
      } catch (error) {
        const wait = pauseBeforeNext(error, attempt, backoffMs);
        if (wait === null || attempt >= TRIES || signal.aborted) throw error;
        await sleep(wait, { signal });
      }
    }
  }

  return { model: options.model, contextTokens: options.contextTokens, ask };
}

/** Describes the form without the bounds that say nothing: grammars made from them are long and slow. */
function form<T>(
  rung: Rung,
  { name, schema }: ModelQuestion<T>,
): Pick<OpenAI.ChatCompletionCreateParamsNonStreaming, "response_format"> {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    override: ({ jsonSchema }) => {
      delete jsonSchema.minimum;
      delete jsonSchema.maximum;
    },
  }) as Record<string, unknown>;
  switch (rung) {
    case "json_schema":
      return { response_format: { type: "json_schema", json_schema: { name, schema: json, strict: true } } };
    case "json_object_with_schema": {
      // This form llama.cpp understands and OpenAI does not describe.
      const format: { type: "json_object"; schema: unknown } = { type: "json_object", schema: json };
      return { response_format: format };
    }
    case "json_object":
      return { response_format: { type: "json_object" } };
    case "text":
      return {};
  }
}

/** Milliseconds to wait before the same request, or null when that would not help. */
function pauseBeforeNext(error: unknown, attempt: number, backoffMs: number): number | null {
  if (error instanceof APIConnectionTimeoutError || error instanceof APIUserAbortError || !(error instanceof APIError))
    return null;
  const busy = error instanceof APIConnectionError || [408, 409, 429, 502, 503, 504].includes(error.status ?? 0);
  if (!busy) return null;
  const asked = retryAfterMs(error.headers?.get("retry-after"), wallClock());
  return asked === null
    ? waitAfter(attempt, { firstMs: backoffMs, longestMs: LONGEST_WAIT_MS })
    : Math.min(asked, LONGEST_WAIT_MS);
}

/** Tells whether a refusal may mean "I do not know this response_format": some servers say so with a 500. */
function mayBeTheForm(error: unknown): boolean {
  return error instanceof APIError && [400, 404, 415, 422, 500, 501].includes(error.status ?? 0);
}

function asLlmError(error: unknown, signal: AbortSignal): LlmError {
  const cause = { cause: error };
  if (error instanceof LlmError) return error;
  const isTimeout =
    error instanceof APIConnectionTimeoutError ||
    error instanceof APIUserAbortError ||
    (error instanceof Error && /^(?:Timeout|Abort)Error$/.test(error.name));
  if (isTimeout || signal.aborted) return new LlmError("timeout", "the language model did not answer in time", cause);
  if (error instanceof APIConnectionError)
    return new LlmError("unreachable", `the language model cannot be reached: ${error.message}`, cause);
  if (error instanceof APIError) {
    const busy = [408, 409, 429, 502, 503, 504].includes(error.status ?? 0);
    return new LlmError(
      busy ? "unreachable" : "refused",
      `the language model answered ${error.status ?? "with an error"}: ${error.message}`,
      cause,
    );
  }
  return new LlmError("nonsense", String(error), cause);
}
