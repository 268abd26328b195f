import { nameOf, type Property, propertyOf } from "./ical-lines.ts";

const END_OF_DAY = "235900";

/** Day, or a moment in some zone. `zone`: its parameter; empty for a moment of no zone, or of UTC (`utc`). */
type When = { readonly day: string; readonly time: string | null; readonly utc: string; readonly zone: string };

/**
 * Lines with which a task's day stands beside the start, or the duration, that people gave its entry. Both must be of
 * one kind, the start may not be later, and a duration stands in the place of a day (RFC 5545 §3.6.2, §3.8.2.3);
 * otherwise servers refuse the whole entry. `there`: all lines of the entry.
 */
export function timesOf(due: string | null, there: readonly string[]): string[] {
  const lines = there.filter((line) => nameOf(line) === "DTSTART" || (nameOf(line) === "DURATION" && due === null));
  if (due === null) return lines;
  const day = due.replaceAll("-", "");
  const start = whenOf(lineOf("DTSTART", there));
  if (!start) return [dated("DUE", { day, time: null, utc: "", zone: "" })];
  const before = whenOf(lineOf("DUE", there));
  const alike = before !== null && before.time !== null && before.utc === start.utc && before.zone === start.zone;
  const end = { ...start, day, time: start.time === null ? null : ((alike ? before.time : null) ?? END_OF_DAY) };
  // People who gave it a start meant the day that stood there; a day before that start takes the start along.
  const begin = start.day > day ? { ...start, day } : start;
  return [
    dated("DTSTART", begin.day === end.day && (begin.time ?? "") > (end.time ?? "") ? end : begin),
    dated("DUE", end),
  ];
}

function lineOf(name: string, lines: readonly string[]): Property | null {
  const line = lines.find((each) => nameOf(each) === name);
  return line === undefined ? null : propertyOf(line);
}

function whenOf(property: Property | null): When | null {
  const [, day, time = null, utc = ""] = /^(\d{8})(?:T(\d{6})(Z?))?$/.exec(property?.value ?? "") ?? [];
  if (day === undefined) return null;
  return {
    day,
    time,
    utc,
    zone: time === null || utc !== "" ? "" : (property?.parameters.find((each) => /^TZID=/i.test(each)) ?? ""),
  };
}

function dated(name: string, { day, time, utc, zone }: When): string {
  return time === null ? `${name};VALUE=DATE:${day}` : `${name}${zone === "" ? "" : `;${zone}`}:${day}T${time}${utc}`;
}
