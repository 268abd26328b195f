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

/** Tells whether one subject is part of the other, or the same. */
export function within(part: About, whole: About): boolean {
  switch (whole.kind) {
    case "meeting":
      return true;
    case "person":
      return "participant" in part && part.participant === whole.participant;
    case "circle":
      return "circle" in part && part.circle === whole.circle;
    case "participant":
      return (
        "participant" in part &&
        "circle" in part &&
        part.participant === whole.participant &&
        part.circle === whole.circle
      );
    case "turn":
      return part.kind === "turn" && part.turn === whole.turn;
  }
}
