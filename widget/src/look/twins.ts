import type { ParticipantId } from "@mindminder/protocol/identity.ts";

const COLOURS = 6;

/** Number of a person's colour among Compound's six, the same as in Element: a test holds both together. */
export function colourOf(id: ParticipantId): number {
  return (id.split("").reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % COLOURS) + 1;
}

/** Counts, for each person who shares a colour with people before them, how many those are. */
export function twinsAmong(ids: readonly ParticipantId[]): ReadonlyMap<ParticipantId, number> {
  const seen = new Map<number, number>();
  return new Map(
    ids.map((id) => {
      const before = seen.get(colourOf(id)) ?? 0;
      seen.set(colourOf(id), before + 1);
      return [id, before];
    }),
  );
}

/** Everybody whose colour is not theirs alone. */
export function sharedColours(ids: readonly ParticipantId[]): ReadonlySet<ParticipantId> {
  return new Set(ids.filter((id) => ids.some((other) => other !== id && colourOf(other) === colourOf(id))));
}
