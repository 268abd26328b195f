/** `1:05`, as on a clock; what is left is rounded up, so that it says 0:00 only when the time is up. */
export function clockTime(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
