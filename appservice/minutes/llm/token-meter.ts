import { LlmError } from "./llm-error.ts";

/** Tokens that the minutes of one meeting have cost, as far as can be guessed from letters, and may cost. */
export class TokenMeter {
  #spent = 0;
  readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  get spent(): number {
    return this.#spent;
  }

  /** Pays for a question, unless its answer might cost more than is left. */
  ask(questionTokens: number, answerTokens: number): void {
    if (this.#spent + questionTokens + answerTokens > this.limit)
      throw new LlmError(
        "spent",
        `the minutes of this meeting have cost about ${this.#spent} of ${this.limit} tokens, and this would be beyond`,
      );
    this.#spent += questionTokens;
  }

  answered(tokens: number): void {
    this.#spent += tokens;
  }
}

/** Meetings whose tokens are remembered; the service forgets them all when it stops. */
const MOST_METERS = 500;

/** Returns the meter of a meeting, the same at each call. */
export function tokenMeters(): (key: string, limit: number) => TokenMeter {
  const meters = new Map<string, TokenMeter>();
  return (key, limit) => {
    const meter = meters.get(key) ?? new TokenMeter(limit);
    meters.delete(key); // put at the end, so that the one unused longest goes first
    meters.set(key, meter);
    const [oldest] = meters.keys();
    if (meters.size > MOST_METERS && oldest !== undefined) meters.delete(oldest);
    return meter;
  };
}
