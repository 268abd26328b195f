import { type MyAccountResponse, Quarter } from "@mindminder/protocol/account.ts";

/** A statement of account as the service tells it. */
export function madeUpAccount(asked: string): MyAccountResponse {
  const now = asked === "now";
  return {
    quarter: Quarter.parse(now ? "2026-Q4" : asked),
    before: Quarter.parse(now ? "2026-Q3" : "2026-Q2"),
    lines: now ? ["Minutes facilitated: 42", "Tasks finished: 3"] : ["Nothing was counted in this quarter."],
  };
}
