import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { quiet } from "../../../tools/setup/progress.ts";
import { ensureLiveKit } from "../../../tools/setup/livekit.ts";
import { ensureSynapse } from "../../../tools/setup/synapse.ts";
import { type RunningProcess, startProcess } from "./processes.ts";

/** The name that a reader's homeserver has. */
export const SERVER_NAME = "garden.test";

/** A Synapse as its own documentation has one set up: the configuration that it generates, at another port. */
export async function generateSynapse(dir: string, port: number) {
  const { python } = await ensureSynapse(quiet);
  mkdirSync(dir, { recursive: true });
  const file = join(dir, "homeserver.yaml");
  const synapse = (...args: string[]) => ["-m", "synapse.app.homeserver", "--config-path", file, ...args];
  const made = spawnSync(python, synapse("--server-name", SERVER_NAME, "--generate-config", "--report-stats=no"), {
    cwd: dir,
    encoding: "utf8",
  });
  if (made.status !== 0) throw new Error(`Synapse generated no configuration: ${made.stderr}`);
  const url = `http://127.0.0.1:${port}`;
  const config = parse(readFileSync(file, "utf8")) as {
    listeners: { port: number; bind_addresses: string[] }[];
    registration_shared_secret: string;
  };
  Object.assign(config.listeners[0] ?? {}, { port, bind_addresses: ["127.0.0.1"] });
  return {
    url,
    secret: config.registration_shared_secret,
    /** With the registration named in its configuration, where there is one. */
    start(registrations: readonly string[]): Promise<RunningProcess> {
      writeFileSync(file, stringify({ ...config, app_service_config_files: registrations, trusted_key_servers: [] }));
      return startProcess({
        name: "Synapse",
        command: python,
        args: synapse(),
        cwd: dir,
        log: join(dir, "synapse.log"),
        ready: `${url}/health`,
      });
    },
  };
}

/** A LiveKit that has been there before, on loopback alone; `lines` are what a page asks to be added. */
export async function startPlainLiveKit({
  dir,
  port,
  mediaPort,
  key,
  secret,
  lines,
}: {
  readonly dir: string;
  readonly port: number;
  readonly mediaPort: number;
  readonly key: string;
  readonly secret: string;
  readonly lines: string;
}): Promise<RunningProcess> {
  const { server } = await ensureLiveKit(quiet);
  mkdirSync(dir, { recursive: true });
  const config = join(dir, "livekit.yaml");
  writeFileSync(
    config,
    `port: ${port}
bind_addresses: [127.0.0.1]
keys: { ${key}: ${secret} }
rtc: { node_ip: 127.0.0.1, udp_port: ${mediaPort}, tcp_port: 0, enable_loopback_candidate: true, interfaces: { includes: [lo] }, ips: { includes: [127.0.0.0/8] }, stun_servers: ["127.0.0.1:9"] }
${lines}
`,
  );
  return startProcess({
    name: "LiveKit",
    command: server,
    args: ["--config", config],
    cwd: dir,
    log: join(dir, "livekit.log"),
    ready: `http://127.0.0.1:${port}`,
    drains: true,
  });
}

export const freshKey = () => ({
  key: `API${randomBytes(5).toString("hex")}`,
  secret: randomBytes(24).toString("hex"),
});
