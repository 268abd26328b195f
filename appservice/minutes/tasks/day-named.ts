import type { MinutesOptions } from "../options.ts";
import { dayAt } from "./days.ts";
import { dueDate } from "./due-date.ts";

const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Returns the day that words name, written at some instant, reckoned in the zone in which tasks are; null: none. */
export function dayNamedBy(options: MinutesOptions): (words: string, at: number) => string | null {
  const zone = zoneOf(options);
  return (words, at) => dueDate(words, dayAt(at, zone));
}

/** Zone in which “tomorrow” is reckoned and the times of meetings are told. */
export function zoneOf({ plugins }: MinutesOptions): string {
  const own = plugins["tasks"];
  return own && typeof own["timeZone"] === "string" ? own["timeZone"] : localZone;
}
