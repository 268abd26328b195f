import { existsSync, readFileSync } from "node:fs";
import type { BadInput } from "./bad-input.ts";

/** Claim that a model might make of a meeting: true, or false by the one thing that `fault` names. */
export type WrittenClaim = { readonly text: string; readonly lines: readonly number[]; readonly fault: string | null };

const CLAIM = /^(\d+(?:,\d+)*) (\+|[a-z]+): (\S.*)$/;
const HOLDS = "+";

/**
 * Reads `NAME.claims.txt`, in which a claim is a line: `3,4 number: The hall is booked for the fifth.`; `+` for true
 * ones.
 */
export function claimsIn(file: string, bad: BadInput[]): WrittenClaim[] | null {
  if (!existsSync(file)) return null;
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line, at): WrittenClaim[] => {
      if (line.trim() === "") return [];
      const [, lines, fault, text] = CLAIM.exec(line) ?? [];
      if (lines !== undefined && fault !== undefined && text !== undefined)
        return [{ text, lines: lines.split(",").map(Number), fault: fault === HOLDS ? null : fault }];
      bad.push({
        file,
        problem: `line ${at + 1} is no claim.`,
        remedy: "Write “3,4 +: what is true”, or in place of + the one thing that is false in it.",
      });
      return [];
    });
}
