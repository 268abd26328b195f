import type { About, MinutesEntry } from "./meeting-record.ts";

/** One key for one result of the minutes, however often it is made. */
export function keyOf(plugin: string, about: About): string {
  const circle = about.kind === "meeting" ? Number.MAX_SAFE_INTEGER : about.circle;
  return JSON.stringify([plugin, about.kind, circle, about.kind === "participant" ? about.participant : null]);
}

/** A result as it was made that time: what corrects one says nothing of the next. */
export function entryId({ about, madeBy }: Pick<MinutesEntry, "about" | "madeBy">): string {
  return `${keyOf(madeBy.plugin, about)}@${madeBy.at}`;
}
