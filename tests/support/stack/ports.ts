import { createServer } from "node:net";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { randomInt } from "node:crypto";

/**
 * Ports below the range from which Linux gives ports to outgoing connections (32768 and up), so that no such connection
 * can take one between our look and its use. Drawn at random from a part of the range that test files side by side
 * hardly share: a server that is killed and begun again wants its port back, which nobody may have drawn meanwhile.
 */
const [LOWEST, HIGHEST, PARTS] = [18_000, 32_000, 56];
const LENGTH = Math.floor((HIGHEST - LOWEST) / PARTS);
const FIRST = LOWEST + (process.pid % PARTS) * LENGTH;

const handedOut = new Set<number>();

/** A port on loopback that is free for TCP and UDP, and was not handed out by this process before. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, FIRST + LENGTH);
    if (handedOut.has(port)) continue;
    handedOut.add(port);
    if ((await freeForTcp(port)) && (await freeForUdp(port))) return port;
  }
}

export async function freePorts(count: number): Promise<number[]> {
  return Promise.all(Array.from({ length: count }, freePort));
}

async function freeForTcp(port: number): Promise<boolean> {
  const server = createServer();
  try {
    const listening = once(server, "listening");
    server.listen({ host: "127.0.0.1", port, exclusive: true });
    await listening;
  } catch {
    return false;
  }
  const closed = once(server, "close");
  server.close();
  await closed;
  return true;
}

async function freeForUdp(port: number): Promise<boolean> {
  const socket = createSocket("udp4");
  try {
    const listening = once(socket, "listening");
    socket.bind({ address: "127.0.0.1", port, exclusive: true });
    await listening;
  } catch {
    return false;
  }
  const closed = once(socket, "close");
  socket.close();
  await closed;
  return true;
}

/** Between our look and its use a port can still be lost to another program: begin again with other ports. */
export async function withFreePorts<T>(count: number, start: (ports: number[]) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await start(await freePorts(count));
    } catch (error) {
      if (tries === 3 || !isAddressInUse(error)) throw error;
    }
  }
}

function isAddressInUse(error: unknown): boolean {
  return (
    error instanceof Error &&
    /EADDRINUSE|address already in use|CannotListenError|is taken by another program/i.test(error.message)
  );
}
