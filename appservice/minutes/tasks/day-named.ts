import type { MinutesOptions } from "../options.ts";
import { dayAt } from "./days.ts";
import { dueDate } from "./due-date.ts";

const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Which day words name that were written at some instant, reckoned in the zone in which tasks are; null: none. */
export function dayNamedBy({ plugins }: MinutesOptions): (words: string, at: number) => string | null {
  const own = plugins["tasks"];
  const zone = own && typeof own["timeZone"] === "string" ? own["timeZone"] : localZone;
  return (words, at) => dueDate(words, dayAt(at, zone));
}
