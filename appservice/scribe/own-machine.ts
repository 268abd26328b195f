/** True for an address on this very machine: words sent there go to nobody else. */
export function isOnThisMachine(url: string): boolean {
  const { hostname } = new URL(url);
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
}

export function hostOf(url: string): string {
  return new URL(url).host;
}
