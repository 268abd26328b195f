/**
 * Milliseconds that a server's `Retry-After` asks for, in seconds or by a date (RFC 9110 §10.2.3); null where it asks
 * for nothing that can be read.
 */
export function retryAfterMs(said: unknown, now: number): number | null {
  const text = typeof said === "string" ? said.trim() : "";
  if (/^[0-9]{1,9}(?:\.[0-9]{1,9})?$/.test(text)) return Number(text) * 1_000;
  // A date begins with its day's name; of much else JavaScript makes dates, too.
  const ms = /^[A-Z][a-z]{2}/.test(text) ? Date.parse(text) - now : NaN;
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}
