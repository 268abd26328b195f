import { randomBytes } from "node:crypto";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { once } from "node:events";
import { startLiveKit, type LiveKit, type LiveKitOptions } from "./livekit.ts";
import { freePort } from "./ports.ts";
import { startRedis } from "./redis.ts";

export interface LiveKitNodes extends LiveKit {
  readonly nodes: readonly LiveKit[];
  /** HOST:PORT of their Redis. */
  readonly redis: string;
}

/**
 * Several real LiveKit nodes on one real Redis. In front of them a plain TCP relay in the place of a load balancer:
 * anybody who connects reaches the first node that is up.
 */
export async function startLiveKitNodes(options: LiveKitOptions, count = 2): Promise<LiveKitNodes> {
  const redis = await startRedis({ dir: join(options.dir, "redis") });
  const keys = { apiKey: `key${randomBytes(4).toString("hex")}`, apiSecret: randomBytes(32).toString("hex") };
  const nodes = await Promise.all(
    Array.from({ length: count }, (_, place) =>
      startLiveKit({
        ...options,
        ...keys,
        dir: join(options.dir, `node${place}`),
        changes: { ...options.changes, redis: { address: redis.address } },
      }),
    ),
  );
  const [first] = nodes;
  if (!first) throw new Error("at least one node");

  const sockets = new Set<Socket>();
  const relay = createServer(
    (client) =>
      void relayTo(
        client,
        nodes.map(({ httpUrl }) => Number(new URL(httpUrl).port)),
        sockets,
      ),
  );
  const port = await freePort();
  relay.listen(port, "127.0.0.1");
  await once(relay, "listening");
  return {
    ...first,
    ...keys,
    nodes,
    redis: redis.address,
    log: first.log,
    pid: first.pid,
    url: `ws://127.0.0.1:${port}`,
    httpUrl: `http://127.0.0.1:${port}`,
    async stop() {
      for (const socket of sockets) socket.destroy();
      relay.close();
      await Promise.all(nodes.map((node) => node.stop()));
      await redis.stop();
    },
  };
}

async function relayTo(client: Socket, ports: readonly number[], sockets: Set<Socket>): Promise<void> {
  client.on("error", () => client.destroy());
  for (const port of ports) {
    const node = connect(port, "127.0.0.1");
    if (
      !(await once(node, "connect").then(
        () => true,
        () => false,
      ))
    )
      continue;
    for (const [one, other] of [
      [client, node],
      [node, client],
    ] as const) {
      sockets.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => void (sockets.delete(one), other.destroy()));
      one.pipe(other);
    }
    return;
  }
  client.destroy();
}
