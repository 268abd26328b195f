import type { Stance } from "./words.ts";

/** Letters of all reasons together: they stand in an event three times (see `in-parts.ts`). */
const MOST_LETTERS = 5_000;

/** Reasons as they fit into one message: where many people gave long ones, each is shortened alike. */
export function fitReasons(stances: readonly Stance[]): Stance[] {
  const letters = stances.reduce((sum, { reason }) => sum + reason.length, 0);
  const most = letters <= MOST_LETTERS ? letters : Math.floor(MOST_LETTERS / stances.length);
  return stances.map((stance) =>
    stance.reason.length <= most ? stance : { ...stance, reason: `${stance.reason.slice(0, most)}…` },
  );
}
