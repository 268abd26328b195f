import type { RunInput } from "../plugin.ts";

/** Items of the model that rest on one line, and in the whole of a meeting: each is a message in the room. */
const MOST_A_LINE = 3;
const MOST_IN_ALL = 24;

/** Keeps what a model finds from flooding the room. The first ones stay, and the log says how many did not. */
export function withoutFlood<T extends { readonly from: readonly string[] }>(
  found: readonly T[],
  { warn }: Pick<RunInput, "warn">,
): T[] {
  const onLine = new Map<string, number>();
  const kept = found
    .filter(({ from: [line = ""] }) => {
      const before = onLine.get(line) ?? 0;
      onLine.set(line, before + 1);
      return before < MOST_A_LINE;
    })
    .slice(0, MOST_IN_ALL);
  if (kept.length < found.length)
    warn("the language model finds more than a meeting holds; the rest is left out", {
      left: found.length - kept.length,
    });
  return kept;
}
