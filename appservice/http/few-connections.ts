import type { Server } from "node:http";

/**
 * Most connections: more than an office behind one address opens. A proxy that is trusted speaks for everybody, and
 * counts by itself.
 */
const MOST = 1_000;

/** Keeps one address from using up all connections that the service can hold. */
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
