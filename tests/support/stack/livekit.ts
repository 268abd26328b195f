import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { RoomServiceClient, TrackSource } from "livekit-server-sdk";
import { stringify } from "yaml";
import { quiet } from "../../../tools/setup/progress.ts";
import { ensureLiveKit } from "../../../tools/setup/livekit.ts";
import type { ReachedAt } from "./outside.ts";
import { freePort, withFreePorts } from "./ports.ts";
import { startProcess } from "./processes.ts";

export type LiveKitOptions = {
  dir: string;
  /** Address at which LiveKit tells what happens in its rooms. */
  webhookUrl?: string;
  apiKey?: string;
  apiSecret?: string;
  /** People reach it there, by UDP and by TCP, and not on loopback. */
  outside?: ReachedAt;
  /**
   * Sections of LiveKit's configuration to set otherwise, key by key; for tests of what an admin may have set wrong.
   */
  changes?: {
    readonly room?: object;
    readonly rtc?: object;
    readonly redis?: object;
    readonly turn?: object;
    readonly node_selector?: object;
  };
};

export type LiveKit = {
  /** ws://…, for clients. */
  readonly url: string;
  /** http://…, for the server's API. */
  readonly httpUrl: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly pid: number;
  readonly log: string;
  /** Asks it to end as soon as nobody is in its calls any more; it is not waited for. Resolves when it has ended. */
  drain(): Promise<void>;
  stop(): Promise<void>;
  /** SIGKILL; `restart()` brings it back. */
  kill(): Promise<void>;
  /** The same ports and keys; its rooms are forgotten. */
  restart(): Promise<void>;
};

/** A real LiveKit on loopback alone, with its own keys. */
export async function startLiveKit(options: LiveKitOptions): Promise<LiveKit> {
  const {
    dir,
    webhookUrl,
    outside,
    changes = {},
    apiKey = `key${randomBytes(4).toString("hex")}`,
    apiSecret = randomBytes(32).toString("hex"),
  } = options;
  const { server } = await ensureLiveKit(quiet);
  await mkdir(dir, { recursive: true });

  return withFreePorts(3, async ([port = 0, mediaPort = 0, mediaTcpPort = 0]) => {
    const config = join(dir, "livekit.yaml");
    await writeFile(
      config,
      stringify(
        await configuration({ port, mediaPort, mediaTcpPort, apiKey, apiSecret, webhookUrl, outside, changes }),
      ),
      { mode: 0o600 },
    );
    const httpUrl = `http://127.0.0.1:${port}`;
    const start = () =>
      startProcess({
        name: "LiveKit",
        command: server,
        args: ["--config", config],
        cwd: dir,
        log: join(dir, "livekit.log"),
        ready: httpUrl,
        drains: true,
      });
    let running = await start();
    return {
      url: `ws://${outside?.host ?? "127.0.0.1"}:${port}`,
      httpUrl,
      apiKey,
      apiSecret,
      get pid() {
        return running.pid;
      },
      log: running.log,
      drain: () => {
        process.kill(running.pid, "SIGTERM");
        return running.ended;
      },
      stop: () => running.stop(),
      kill: () => running.kill(),
      async restart() {
        await running.stop();
        running = await start();
      },
    };
  });
}

type ConfigValues = {
  port: number;
  mediaPort: number;
  mediaTcpPort: number;
  apiKey: string;
  apiSecret: string;
  webhookUrl: string | undefined;
  outside: ReachedAt | undefined;
  changes: NonNullable<LiveKitOptions["changes"]>;
};

async function configuration({
  port,
  mediaPort,
  mediaTcpPort,
  apiKey,
  apiSecret,
  webhookUrl,
  outside,
  changes,
}: ConfigValues) {
  return {
    port,
    bind_addresses: ["127.0.0.1", ...(outside ? [outside.host] : [])],
    keys: { [apiKey]: apiSecret },
    rtc: {
      node_ip: outside?.host ?? "127.0.0.1",
      use_external_ip: false,
      enable_loopback_candidate: outside === undefined,
      interfaces: { includes: [outside?.device ?? "lo"] },
      ips: { includes: [outside ? `${outside.host}/32` : "127.0.0.0/8"] },
      udp_port: mediaPort,
      // Media over TCP would listen on every address of the machine.
      tcp_port: outside ? mediaTcpPort : 0,
      // With no STUN server named, clients are given public ones: name one that nobody answers for.
      stun_servers: [`127.0.0.1:${await freePort()}`],
      use_mdns: false,
      ...changes.rtc,
    },
    turn: { enabled: false, ...changes.turn },
    room: {
      auto_create: false,
      empty_timeout: 60,
      departure_timeout: 20,
      enable_remote_unmute: true,
      enabled_codecs: [{ mime: "audio/opus" }, { mime: "video/vp8" }],
      ...changes.room,
    },
    ...(changes.redis ? { redis: changes.redis } : {}),
    ...(changes.node_selector ? { node_selector: changes.node_selector } : {}),
    ...(webhookUrl ? { webhook: { api_key: apiKey, urls: [webhookUrl] } } : {}),
    logging: { level: "info", json: false, pion_level: "error" },
  };
}

/** People whose microphone is open in a room of the call, by LiveKit's own list. */
export async function microphonesOpenIn(
  { httpUrl, apiKey, apiSecret }: Pick<LiveKit, "httpUrl" | "apiKey" | "apiSecret">,
  room: string,
): Promise<string[]> {
  const people = await new RoomServiceClient(httpUrl, apiKey, apiSecret).listParticipants(room);
  return people
    .filter(({ tracks }) => tracks.some((track) => track.source === TrackSource.MICROPHONE && !track.muted))
    .map(({ identity }) => identity);
}
