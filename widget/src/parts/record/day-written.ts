/** English here is written as most of the world reads it: the day before the month. */
export function localeOf(language: string): string {
  return language === "en" ? "en-GB" : language;
}

/** “Thu 3 Dec”: the day by which something is due, with its name, since that is how it was agreed on. */
export function dayWritten(due: string, language: string): string {
  return new Intl.DateTimeFormat(localeOf(language), {
    weekday: "short",
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  }).format(new Date(`${due}T00:00:00Z`));
}
