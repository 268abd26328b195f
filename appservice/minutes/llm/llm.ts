import { resolve } from "node:path";
import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from "openai";
import type { z } from "zod";
import { retryAfterMs } from "../../protocol/retry-after.ts";
import type { LlmOptions } from "../options.ts";
import type { TokenMeter } from "./token-meter.ts";
import { tokensOf } from "./transcript.ts";
import { answerIn } from "./answer.ts";
import { form, LADDER, type Rung } from "./answer-form.ts";
import { type ChatBody, CutShort, openChat } from "./chat.ts";
import { LlmError } from "./llm-error.ts";
import { leaning, LIKELIEST, messagesOf, WORD_TOKENS, type YesOrNoQuestion } from "./yes-or-no.ts";
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
  /** Makes the best of an answer that is cut off or breaks its bounds; null: nothing of it is of use. */
  readonly rescue?: (text: string) => T | null;
  /** Pays for it; absent: nobody counts. */
  readonly meter?: TokenMeter;
};

/** Language model that answers in a form that was checked. */
export type Llm = {
  readonly model: string;
  readonly contextTokens: number;
  /** Asked again about each of its sentences that is left in doubt. */
  readonly secondQuestion: boolean;
  /** Rejects with an `LlmError` once it is clear that no fitting answer will come. */
  ask<T>(question: ModelQuestion<T>, signal: AbortSignal): Promise<T>;
  /** Resolves to how much rather it says yes than no; null where it says neither. Rejects as `ask` does. */
  yesOrNo(question: YesOrNoQuestion, signal: AbortSignal): Promise<number | null>;
};

const TRIES = 3;
const REST_MS = 30_000;
const LONGEST_WAIT_MS = 20_000;

type Priced = {
  readonly meter: TokenMeter | undefined;
  readonly messages: ChatBody["messages"];
  readonly answerTokens: number;
  readonly signal: AbortSignal;
};
type Send<T> = (note: (soFar: string) => void) => Promise<T>;

type Tuning = { backoffMs?: number; restMs?: number; now?: () => number };

/** Opens a language model, with the files that the options name counting from a folder. */
export function openLlmIn(folder: string, options: LlmOptions, tuning: Tuning = {}): Llm {
  const absolute = (file: string | null) => (file === null ? null : resolve(folder, file));
  return openLlm({ ...options, apiKeyFile: absolute(options.apiKeyFile), caFile: absolute(options.caFile) }, tuning);
}

/** A model whose questions are paid for. */
export function metered(llm: Llm, meter: TokenMeter): Llm {
  return {
    ...llm,
    ask: (question, signal) => llm.ask({ ...question, meter }, signal),
    yesOrNo: (question, signal) => llm.yesOrNo({ ...question, meter }, signal),
  };
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
      // Asked without bounds only by whom they were refused: an answer of another form is none the better for it.
      if (LADDER[rung] === "json_schema_without_bounds" && refused < rung) continue;
      try {
        const text = await request(question, LADDER[rung]!, signal);
        lowest = refused;
        const answer = answerIn(text, question.schema);
        if (answer.ok) return answer.value;
        const rescued = question.rescue?.(text) ?? null;
        if (rescued !== null) return rescued;
        last = new LlmError("nonsense", answer.problem);
      } catch (error) {
        const rescued = error instanceof CutShort ? question.rescue?.(error.text) : null;
        if (rescued && !signal.aborted) return rescued;
        last = asLlmError(error, signal);
        if (signal.aborted) throw last; // nobody waits any more; that says nothing of the server
        if (last.failure === "unreachable" || last.failure === "timeout") restsUntil = now() + restMs;
        if (last.failure !== "refused" || !mayBeTheForm(error)) throw last;
        if (refused === rung) refused = rung + 1;
      }
    }
    throw last;
  }

  function request<T>(question: ModelQuestion<T>, rung: Rung, signal: AbortSignal): Promise<string> {
    const { meter, onText, answerTokens } = question;
    const messages: ChatBody["messages"] = [
      { role: "system", content: question.system },
      { role: "user", content: question.user },
    ];
    const body = { temperature: 0, max_tokens: answerTokens, messages, ...form(rung, question) };
    return paid({ meter, messages, answerTokens, signal }, (note) =>
      chat.text(body, signal, (soFar) => {
        note(soFar);
        onText?.(soFar);
      }),
    );
  }

  /** True while the server tells probabilities: it is asked until it refuses. */
  let tellsProbabilities = true;

  async function yesOrNo(question: YesOrNoQuestion, signal: AbortSignal): Promise<number | null> {
    if (now() < restsUntil)
      throw new LlmError("resting", "the language model failed a moment ago and is left alone for now");
    const { meter } = question;
    const messages = messagesOf(question);
    const body = { temperature: 0, max_tokens: WORD_TOKENS, messages };
    const asked = tellsProbabilities;
    try {
      return leaning(
        await paid({ meter, messages, answerTokens: WORD_TOKENS, signal }, () =>
          chat.word({ ...body, ...(asked ? { logprobs: true, top_logprobs: LIKELIEST } : {}) }, signal),
        ),
      );
    } catch (error) {
      if (asked && !signal.aborted && mayBeTheForm(error)) {
        tellsProbabilities = false;
        return yesOrNo(question, signal);
      }
      const failure = asLlmError(error, signal);
      if (!signal.aborted && (failure.failure === "unreachable" || failure.failure === "timeout"))
        restsUntil = now() + restMs;
      throw failure;
    }
  }

  /** Sends a question, again where the server is busy, and pays for it and for the answer that `note` is told of. */
  async function paid<T>({ meter, messages, answerTokens, signal }: Priced, send: Send<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      let text = "";
      meter?.ask(
        messages.reduce((sum, { content }) => sum + tokensOf(String(content)), 0),
        answerTokens,
      );
      try {
        return await send((soFar) => {
          text = soFar;
        });
      } catch (error) {
        const wait = pauseBeforeNext(error, attempt, backoffMs);
        if (wait === null || attempt >= TRIES || signal.aborted) throw error;
        await sleep(wait, { signal });
      } finally {
        meter?.answered(tokensOf(text));
      }
    }
  }

  return {
    model: options.model,
    contextTokens: options.contextTokens,
    secondQuestion: options.secondQuestion,
    ask,
    yesOrNo,
  };
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
    error instanceof CutShort ||
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
