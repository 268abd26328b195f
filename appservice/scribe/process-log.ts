import type { Logger } from "pino";

const LEVELS = new Map([
  [10, "trace"],
  [20, "debug"],
  [30, "info"],
  [40, "warn"],
  [50, "error"],
  [60, "fatal"],
] as const);

/** Writes a line that pino wrote in another process as a line of our own log. */
export function logAsOurs(line: string, log: Logger): void {
  let fields: { level?: unknown; msg?: unknown };
  try {
    fields = JSON.parse(line) as typeof fields;
  } catch {
    log.warn({ line }, "an unreadable line of the log");
    return;
  }
  const { level, msg, ...rest } = fields;
  log[LEVELS.get(level as 30) ?? "info"](rest, typeof msg === "string" ? msg : "");
}
