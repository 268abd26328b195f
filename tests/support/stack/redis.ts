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
  stop(): Promise<void>;
};

/** A real Redis on loopback that keeps nothing. */
export async function startRedis({ dir }: { dir: string }): Promise<Redis> {
  const { server } = await ensureRedis(quiet);
  await mkdir(dir, { recursive: true });
  return withFreePorts(1, async ([port = 0]) => {
    const running = await startProcess({
      name: "Redis",
      command: server,
      cwd: dir,
      log: join(dir, "redis.log"),
      ready: () => answers(port),
      args: ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
    });
    return { address: `127.0.0.1:${port}`, stop: () => running.stop() };
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => void socket.write("PING\r\n"));
    socket.on("data", (data) => void (resolve(data.toString().startsWith("+PONG")), socket.destroy()));
    socket.on("error", () => resolve(false));
  });
}
