/** A calendar day, as midnight UTC: no clock and no zone can move it. */
export type Day = Date;

export function dayAt(instant: number, timeZone: string): Day {
  return new Date(`${dateFormat(timeZone).format(instant)}T00:00:00Z`);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * Formats kept, because making one takes longer than everything else about a sentence. Swedes write dates as ISO 8601
 * does.
 */
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

/** Next day of that number, this month or the next one that has it; null for a number no month has. */
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

/** Monday of this week (0), or of a later one. */
export function startOfWeek(from: Day, weeks: number): Day {
  return plus(from, 7 * weeks - ((from.getUTCDay() + 6) % 7));
}

/** Day of that number so many months on; where that month is shorter, its last one. */
export function plusMonths(from: Day, months: number): Day {
  const last = endOfMonth(from, months);
  return new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(from.getUTCDate(), last.getUTCDate())));
}

/** A day of this month (0), or of a later one. */
export function dateInMonth(from: Day, months: number, date: number): Day {
  return new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, date));
}

/** Last day of this quarter of the year (0), or of a later one. */
export function endOfQuarter(from: Day, quarters: number): Day {
  return endOfMonth(from, 2 - (from.getUTCMonth() % 3) + 3 * quarters);
}

/** Next day that is that weekday (0: Sunday), never the day itself. */
export function nextWeekday(from: Day, weekday: number): Day {
  return plus(from, ((weekday - from.getUTCDay() + 6) % 7) + 1);
}

/** Months from this one up to the next that has that number (0: January); 0 in that month itself. */
export function monthsUntil(from: Day, month: number): number {
  return (month - from.getUTCMonth() + 12) % 12;
}

/** Months from this one up to the next time that a date of a month comes. */
export function monthsUntilDate(from: Day, month: number, date: number): number {
  const months = monthsUntil(from, month);
  return months === 0 && from.getUTCDate() > date ? 12 : months;
}

/** Day of the calendar; null for one that there is not, as 31 April. Without a year: the next time that it comes. */
export function calendarDay(today: Day, date: number, month: number, year: number | null): Day | null {
  const named = new Date(Date.UTC(year ?? today.getUTCFullYear(), month - 1, date));
  const found =
    year === null && named < today ? new Date(Date.UTC(today.getUTCFullYear() + 1, month - 1, date)) : named;
  return found.getUTCMonth() === month - 1 && found.getUTCDate() === date ? found : null;
}

/** Next day of that number in a month which is that weekday, if it comes within two months; else the two do not fit. */
export function weekdayWithDate(today: Day, weekday: number, date: number): Day | null {
  const candidates = [0, 1, 2].map((months) => dateInMonth(today, months, date));
  return candidates.find((day) => day >= today && day.getUTCDate() === date && day.getUTCDay() === weekday) ?? null;
}
