import type { Server } from "node:http";

/** More than an office behind one address opens. A proxy that is trusted speaks for everybody, and counts by itself. */
const MOST = 1_000;

/** One address cannot use up what the service can hold of connections. */
export function fewConnections(
  server: Server,
  isTrusted: (address: string, hop: number) => boolean,
  most = MOST,
): void {
  const open = new Map<string, number>();
  server.on("connection", (socket) => {
    const address = socket.remoteAddress ?? "";
    if (isTrusted(address, 0)) return;
    const count = (open.get(address) ?? 0) + 1;
    if (count > most) return void socket.destroy();
    open.set(address, count);
    socket.once("close", () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  });
}
