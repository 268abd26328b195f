/** A calendar day, as midnight UTC: no clock and no zone can move it. */
export type Day = Date;

export function dayAt(instant: number, timeZone: string): Day {
  return new Date(`${dateFormat(timeZone).format(instant)}T00:00:00Z`);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Kept, because making one takes longer than everything else about a sentence. Swedes write dates as ISO 8601 does. */
function dateFormat(timeZone: string): Intl.DateTimeFormat {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" });
  formats.set(timeZone, format);
  return format;
}

export function plus(from: Day, days: number): Day {
  return new Date(from.getTime() + days * 86_400_000);
}

/** Last working day of this week (0), or of the one after (1). On a weekend this week ends on Sunday. */
export function endOfWeek(from: Day, weeks: number): Day {
  const weekday = (from.getUTCDay() + 6) % 7; // Monday is 0
  if (weeks === 0 && weekday > 4) return plus(from, 6 - weekday);
  return plus(from, 4 - weekday + 7 * weeks);
}

export function endOfMonth(from: Day, months: number): Day {
  return new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months + 1, 0));
}

/** The next day of that number, this month or the next one that has it; null for a number no month has. */
export function nextDateOfMonth(from: Day, date: number): Day | null {
  for (let ahead = 0; ahead < 4; ahead++) {
    const found = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + ahead, date));
    if (found >= from && found.getUTCDate() === date) return found;
  }
  return null;
}

export function iso(of: Day): string {
  return of.toISOString().slice(0, 10);
}
