import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { registrationFor } from "../../../appservice/configuration/registration.ts";
import { ShardTable, shardOf } from "../../../appservice/route/shard-table.ts";
import { type LiveKit, startLiveKit } from "./livekit.ts";
import { withFreePorts } from "./ports.ts";
import { type RunningProcess, startProcess } from "./processes.ts";
import { startSynapse, type Synapse } from "./synapse.ts";

const PROGRAM = resolve(import.meta.dirname, "../../../appservice/cli/mindminder.ts");

/**
 * A page that asks without a pause looks for each moment of refusal; that it asks too often is no refusal by a move.
 */
const NO_LIMITS = { sessions: 100_000, requests: 100_000, files: 100_000, failures: 100_000 };

export type Shard = {
  readonly log: string;
  readonly pid: () => number;
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: () => Promise<void>;
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
};

export type ShardsOptions = {
  /** Seconds for which a shard is away before its standby takes over; shards ask the router only where it is named. */
  readonly standbyAfterSeconds?: number;
  /** Services that the router may order to give rooms away: they know it. */
  readonly movable?: boolean;
  /** Section `speech` of all shards; left out: none. */
  readonly speech?: object;
  /** Section `telegram` of all shards; left out: none. */
  readonly telegram?: object;
  /** Section `replica` of a shard's configuration. */
  readonly replicaOf?: (name: string) => object | undefined;
};

export type Shards = {
  /** Address of the router. */
  readonly url: string;
  readonly synapse: Synapse;
  readonly livekit: LiveKit;
  readonly botId: string;
  readonly named: ReadonlyMap<string, Shard>;
  readonly shardOf: (room: string) => string;
  /** Starts a standby for a shard; resolves when it stands by. `place`: it is where the shard itself was. */
  readonly standby: (name: string, place?: string) => Promise<Shard>;
  readonly router: Pick<Shard, "kill" | "start">;
  /** Moves a room as an admin does; resolves to what they are told. Rejects where it stays. */
  readonly move: (room: string, shard: string) => Promise<string>;
  readonly stop: () => Promise<void>;
};

/** A homeserver, a LiveKit, a router and services behind it with rooms of their own, all real, on loopback. */
export async function startShards(
  dir: string,
  names: readonly string[],
  {
    standbyAfterSeconds,
    movable = standbyAfterSeconds !== undefined,
    speech = { engine: "off" },
    replicaOf = () => undefined,
    telegram,
  }: ShardsOptions = {},
): Promise<Shards> {
  await mkdir(dir, { recursive: true });
  return withFreePorts(names.length * 2 + 1, async ([port = 0, ...ports]) => {
    const url = `http://127.0.0.1:${port}`;
    const registration = registrationFor({ url, id: "mindminder", bot: "mindminder" });
    const table = ShardTable.parse({
      shards: Object.fromEntries(names.map((name, at) => [name, `http://127.0.0.1:${ports[at]}`])),
    });
    const files = { registration: join(dir, "registration.yaml"), table: join(dir, "shards.yaml") };
    await writeFile(files.registration, stringify(registration));
    await writeFile(files.table, stringify(table));
    const routeFile = join(dir, "route.yaml");
    await writeFile(routeFile, stringify({ port, folder: join(dir, "router"), ...files, standbyAfterSeconds }));
    const startRouter = () =>
      run("The router", ["route", "--config", routeFile], join(dir, "router.log"), `${url}/healthz`);
    let router = await startRouter();
    const [synapse, livekit] = await Promise.all([
      startSynapse({ registration, dir: join(dir, "synapse") }),
      startLiveKit({ dir: join(dir, "livekit"), webhookUrl: `${url}/livekit/webhook` }),
    ]);
    const begun = new Map<string, RunningProcess>();
    const configOf = async (name: string, ownPort: number, place: string) => {
      const config = join(dir, `${place}.yaml`);
      const address = `http://127.0.0.1:${ownPort}`;
      const router = movable ? { router: url, address } : {};
      const content = {
        livekit: {
          url: livekit.url,
          internalUrl: livekit.httpUrl,
          apiKey: livekit.apiKey,
          apiSecret: livekit.apiSecret,
        },
        homeserver: { url: synapse.url, serverName: synapse.serverName, registration: files.registration },
        service: { publicUrl: url, port: ownPort, shard: { name, table: files.table, ...router }, limits: NO_LIMITS },
        database: join(dir, place, "mindminder.db"),
        speech,
        telegram,
        replica: replicaOf(name),
      };
      await writeFile(config, stringify(content));
      return config;
    };
    const asShard = (place: string, start: () => Promise<void>): Shard => ({
      log: join(dir, `${place}.log`),
      pid: () => begun.get(place)?.pid ?? 0,
      ended: async () => begun.get(place)?.ended,
      kill: async () => begun.get(place)?.kill(),
      start,
    });
    const start = async (name: string, at: number) => {
      const config = await configOf(name, ports[at] ?? 0, name);
      const ready = `${table.shards[name]}/ready`;
      begun.set(name, await run(`Shard ${name}`, ["start", "--config", config], join(dir, `${name}.log`), ready));
    };
    const standby = async (name: string, place = `${name}-standby`) => {
      const at = names.indexOf(name) + (place === name ? 0 : names.length);
      const config = await configOf(name, ports[at] ?? 0, place);
      const log = join(dir, `${place}.log`);
      const standing = async () => (await readFile(log, "utf8").catch(() => "")).split("standing by").length;
      const before = await standing();
      const standsBy = async () => (await standing()) > before;
      begun.set(place, await run(`Standby ${name}`, ["standby", "--config", config], log, standsBy));
      return asShard(place, async () => {});
    };
    await Promise.all(names.map(start));
    return {
      url,
      synapse,
      livekit,
      botId: `@mindminder:${synapse.serverName}`,
      named: new Map(names.map((name, at): [string, Shard] => [name, asShard(name, () => start(name, at))])),
      shardOf: (room) => shardOf(table, room),
      standby,
      router: {
        kill: () => router.kill(),
        start: async () => {
          router = await startRouter();
        },
      },
      move: (room, shard) => execFileText(process.execPath, [PROGRAM, "move", room, shard, "--config", routeFile]),
      stop: async () => {
        await Promise.all([...begun.values()].map((shard) => shard.stop()));
        await Promise.all([router.stop(), synapse.stop(), livekit.stop()]);
      },
    };
  });
}

async function execFileText(command: string, args: readonly string[]): Promise<string> {
  return (await promisify(execFile)(command, args)).stdout;
}

function run(
  name: string,
  args: readonly string[],
  log: string,
  ready: string | (() => Promise<boolean>),
): Promise<RunningProcess> {
  return startProcess({ name, command: process.execPath, args: [PROGRAM, ...args], log, ready });
}
