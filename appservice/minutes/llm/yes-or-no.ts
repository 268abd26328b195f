import type { AnsweredWord, ChatBody } from "./chat.ts";
import type { TokenMeter } from "./token-meter.ts";

/** Question to which yes or no is an answer, with others that were answered before it. */
export type YesOrNoQuestion = {
  readonly system: string;
  readonly examples: readonly { readonly user: string; readonly isSo: boolean }[];
  readonly user: string;
  /** Pays for it; absent: nobody counts. */
  readonly meter?: TokenMeter;
};

/** Tokens of the answer: some models begin with a line break or a mark. */
export const WORD_TOKENS = 3;
/** Tokens that might have stood in the answer's place, of which the server tells the probability. */
export const LIKELIEST = 10;

export function messagesOf({ system, examples, user }: YesOrNoQuestion): ChatBody["messages"] {
  return [
    { role: "system", content: system },
    ...examples.flatMap(
      (example) =>
        [
          { role: "user", content: example.user },
          { role: "assistant", content: example.isSo ? "Yes" : "No" },
        ] as const,
    ),
    { role: "user", content: user },
  ];
}

/** Leaning of a server that tells its word alone. */
const BY_WORD = 5;
/** Probability of what is not among the likeliest: less than of any that is. */
const UNLIKELY = 1e-4;

/**
 * Returns how much rather the model says yes than no, as the logarithm of how many times likelier it is, by the first
 * place in the answer where either may stand; null where neither does.
 */
export function leaning({ text, places }: AnsweredWord): number | null {
  for (const likely of places) {
    const weight = (word: string) =>
      likely.filter(({ token }) => bare(token) === word).reduce((sum, { logprob }) => sum + Math.exp(logprob), 0);
    const [yes, no] = [weight("yes"), weight("no")];
    if (yes + no > UNLIKELY) return Math.log(Math.max(yes, UNLIKELY)) - Math.log(Math.max(no, UNLIKELY));
  }
  const [word = ""] = text.split(/[\s.,!]+/).filter(Boolean);
  return bare(word) === "yes" ? BY_WORD : bare(word) === "no" ? -BY_WORD : null;
}

function bare(token: string): string {
  return token.replace(/[^\p{L}]/gu, "").toLowerCase();
}
