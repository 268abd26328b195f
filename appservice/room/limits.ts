import { random } from "../time/chance.ts";
const FIRST_MS = 250;
const LONGEST_MS = 60_000;
/** Share of a pause that may come on top of it, so that all who were sent away do not come back in the same moment. */
const SPREAD = 0.2;

/**
 * Milliseconds to wait after the homeserver's limit was reached. Its own time is kept; where it names none, or one
 * that is none, each try waits twice as long as the one before.
 */
export function pauseAfterLimit(asked: unknown, tries: number, chance: () => number = random): number {
  const said = typeof asked === "string" && asked.trim() !== "" ? Number(asked) : asked;
  const named = typeof said === "number" && said > 0 ? said : 0;
  const own = FIRST_MS * 2 ** Math.min(tries - 1, 20);
  return Math.round(Math.min(Math.max(named, own), LONGEST_MS) * (1 + SPREAD * chance()));
}
