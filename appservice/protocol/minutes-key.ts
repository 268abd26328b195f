import type { About, MinutesEntry } from "./meeting-record.ts";

/** Key of one result of the minutes, however often it is made. */
export function keyOf(plugin: string, about: About): string {
  const circle = "circle" in about ? about.circle : Number.MAX_SAFE_INTEGER;
  const key = [plugin, about.kind, circle, "participant" in about ? about.participant : null];
  return JSON.stringify(about.kind === "turn" ? [...key, about.turn] : key);
}

/** Id of a result as it was made that time: a correction of one says nothing of the next. */
export function entryId({ about, madeBy }: Pick<MinutesEntry, "about" | "madeBy">): string {
  return `${keyOf(madeBy.plugin, about)}@${madeBy.at}`;
}
