import { mkdir } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { quiet } from "../../../tools/setup/progress.ts";
import { ensureRedis } from "../../../tools/setup/redis.ts";
import { withFreePorts } from "./ports.ts";
import { startProcess } from "./processes.ts";

export type Redis = {
  /** HOST:PORT, as LiveKit's configuration has it. */
  readonly address: string;
  /** Process that runs now. */
  readonly pid: () => number;
  stop(): Promise<void>;
  kill(): Promise<void>;
  /** Again on the same port, after it was stopped or killed. */
  restart(): Promise<void>;
};

export type RedisWays = {
  readonly dir: string;
  /** True: what it is told outlives it. */
  readonly keeps?: boolean;
  readonly args?: readonly string[];
};

/** A real Redis on loopback, which by default keeps nothing. */
export async function startRedis({ dir, keeps = false, args = [] }: RedisWays): Promise<Redis> {
  const { server } = await ensureRedis(quiet);
  await mkdir(dir, { recursive: true });
  return withFreePorts(1, async ([port = 0]) => {
    const start = () =>
      startProcess({
        name: "Redis",
        command: server,
        cwd: dir,
        log: join(dir, "redis.log"),
        ready: () => answers(port),
        args: [
          ...["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", keeps ? "yes" : "no"],
          ...args,
        ],
      });
    let running = await start();
    return {
      address: `127.0.0.1:${port}`,
      pid: () => running.pid,
      stop: () => running.stop(),
      kill: () => running.kill(),
      restart: async () => {
        running = await start();
      },
    };
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => void socket.write("PING\r\n"));
    socket.on("data", (data) => void (resolve(data.toString().startsWith("+PONG")), socket.destroy()));
    socket.on("error", () => resolve(false));
  });
}
