import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { registrationFor } from "../../../appservice/configuration/registration.ts";
import { cacheFolder } from "../../../tools/setup/cache.ts";
import type { Authority } from "./certificates.ts";
import type { LiveKit, LiveKitOptions } from "./livekit.ts";
import { startLiveKit } from "./livekit.ts";
import { withFreePorts } from "./ports.ts";
import { startProcess, type RunningProcess } from "./processes.ts";
import type { ReachedAt } from "./outside.ts";
import { type Registration, startSynapse, type Synapse } from "./synapse.ts";

const ROOT = resolve(import.meta.dirname, "../../..");

export type Mindminder = {
  /** Address at which browsers reach the service. */
  readonly url: string;
  readonly botId: string;
  readonly dir: string;
  readonly log: string;
  readonly pid: number;
  readonly synapse: Synapse;
  readonly livekit: LiveKit;
  /** The service alone: told to stop, killed, started again on the same data. */
  readonly stopService: () => Promise<void>;
  readonly killService: () => Promise<void>;
  readonly startService: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export type MindminderOptions = {
  readonly dir: string;
  /** Lets the bot take part in encrypted rooms. */
  readonly encrypted?: boolean;
  /** Merged over the configuration's sections, key by key. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Changes the registration that both read. */
  readonly registered?: (registration: Registration) => Registration;
  /** Authority by which the homeserver federates with others; the service trusts it. */
  readonly authority?: Authority;
  /** Starts the service anew whenever its code changes. */
  readonly watch?: boolean;
  /** Puts something between the service and the homeserver at this address; answers with its own. */
  readonly homeserverBehind?: (url: string) => Promise<string>;
  /** Puts something between the service and LiveKit's server API. */
  readonly livekitBehind?: (url: string) => Promise<string>;
  /** Starts another LiveKit than one node of its own. */
  readonly livekitBy?: (options: LiveKitOptions) => Promise<LiveKit>;
  /** Where people behind networks of their own reach all of it, instead of by loopback. */
  readonly outside?: ReachedAt;
  /** Environment of the service, over this process's. */
  readonly env?: Readonly<Record<string, string>>;
};

/** A homeserver, a LiveKit and the service between them, all real, on loopback, with their data in `dir`. */
export async function startMindminder({
  dir,
  config = {},
  encrypted = false,
  registered = (made) => made,
  watch = false,
  authority,
  homeserverBehind = async (url) => url,
  livekitBehind = async (url) => url,
  livekitBy = startLiveKit,
  outside,
  env = {},
}: MindminderOptions): Promise<Mindminder> {
  await mkdir(dir, { recursive: true });
  return withFreePorts(1, async ([port = 0]) => {
    const host = outside?.host ?? "127.0.0.1";
    const url = `http://${host}:${port}`;
    const registration = registered(registrationFor({ url, id: "mindminder", bot: "mindminder" }));
    const registrationFile = join(dir, "registration.yaml");
    await writeFile(registrationFile, stringify(registration), { mode: 0o600 });

    const [synapse, livekit] = await Promise.all([
      startSynapse({ registration, dir: join(dir, "synapse"), authority, host }),
      livekitBy({ dir: join(dir, "livekit"), webhookUrl: `${url}/livekit/webhook`, ...(outside && { outside }) }),
    ]);
    const configFile = join(dir, "config.yaml");
    const keyFile = join(dir, "encryption-key");
    if (encrypted) await writeFile(keyFile, randomBytes(32).toString("hex"), { mode: 0o600 });
    await writeFile(
      configFile,
      stringify({
        livekit: {
          url: livekit.url,
          internalUrl: await livekitBehind(livekit.httpUrl),
          apiKey: livekit.apiKey,
          apiSecret: livekit.apiSecret,
        },
        database: join(dir, "mindminder.db"),
        ...(encrypted ? { encryption: { keyFile } } : {}),
        ...config,
        homeserver: {
          url: await homeserverBehind(synapse.url),
          serverName: synapse.serverName,
          registration: registrationFile,
          ...(config["homeserver"] as object | undefined),
        },
        service: {
          publicUrl: url,
          bind: host,
          port,
          frameAncestors: ["http://127.0.0.1:*", "http://localhost:*", `http://${host}:*`],
          ...(config["service"] as object | undefined),
        },
      }),
      { mode: 0o600 },
    );

    const trusted = join(dir, "authority.crt");
    if (authority) await writeFile(trusted, authority.certificate);
    let begun: RunningProcess | undefined;
    const service = () => {
      if (!begun) throw new Error("the service was not begun");
      return begun;
    };
    const start = () =>
      startProcess({
        name: "Mindminder",
        command: process.execPath,
        args: [
          ...(watch ? ["--watch", "--watch-preserve-output"] : []),
          join(ROOT, "appservice/cli/mindminder.ts"),
          "start",
          "--config",
          configFile,
        ],
        cwd: dir,
        env: {
          ...process.env,
          NODE_COMPILE_CACHE: join(cacheFolder(), "compiled"),
          ...(authority && { NODE_EXTRA_CA_CERTS: trusted }),
          ...env,
        },
        log: join(dir, "mindminder.log"),
        ready: `${url}/ready`,
        onBegun: (running) => {
          begun = running;
        },
      });
    await start();
    return {
      url,
      dir,
      synapse,
      livekit,
      botId: `@mindminder:${synapse.serverName}`,
      get pid() {
        return service().pid;
      },
      log: join(dir, "mindminder.log"),
      stopService: () => service().stop(),
      killService: () => service().kill(),
      startService: async () => {
        await start();
      },
      stop: async () => {
        await service().stop();
        await Promise.all([synapse.stop(), livekit.stop()]);
      },
    };
  });
}
