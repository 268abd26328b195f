/** Milliseconds since the epoch that never run back while the process lives, whatever is done to the machine's clock. */
export function steadyClock(): () => number {
  const start = Date.now() - performance.now();
  return () => Math.round(start + performance.now());
}
