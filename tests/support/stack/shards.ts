import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { registrationFor } from "../../../appservice/configuration/registration.ts";
import { ShardTable, shardOf } from "../../../appservice/route/shard-table.ts";
import { type LiveKit, startLiveKit } from "./livekit.ts";
import { withFreePorts } from "./ports.ts";
import { type RunningProcess, startProcess } from "./processes.ts";
import { startSynapse, type Synapse } from "./synapse.ts";

const PROGRAM = resolve(import.meta.dirname, "../../../appservice/cli/mindminder.ts");

export type Shard = { readonly log: string; readonly kill: () => Promise<void>; readonly start: () => Promise<void> };

export type Shards = {
  /** Address of the router. */
  readonly url: string;
  readonly synapse: Synapse;
  readonly livekit: LiveKit;
  readonly botId: string;
  readonly named: ReadonlyMap<string, Shard>;
  readonly shardOf: (room: string) => string;
  readonly stop: () => Promise<void>;
};

/** A homeserver, a LiveKit, a router and services behind it with rooms of their own, all real, on loopback. */
export async function startShards(dir: string, names: readonly string[]): Promise<Shards> {
  await mkdir(dir, { recursive: true });
  return withFreePorts(names.length + 1, async ([port = 0, ...ports]) => {
    const url = `http://127.0.0.1:${port}`;
    const registration = registrationFor({ url, id: "mindminder", bot: "mindminder" });
    const table = ShardTable.parse({
      shards: Object.fromEntries(names.map((name, at) => [name, `http://127.0.0.1:${ports[at]}`])),
    });
    const files = { registration: join(dir, "registration.yaml"), table: join(dir, "shards.yaml") };
    await writeFile(files.registration, stringify(registration));
    await writeFile(files.table, stringify(table));
    const routeFile = join(dir, "route.yaml");
    await writeFile(routeFile, stringify({ port, folder: join(dir, "router"), ...files }));
    const router = await run("The router", ["route", "--config", routeFile], join(dir, "router.log"), `${url}/healthz`);
    const [synapse, livekit] = await Promise.all([
      startSynapse({ registration, dir: join(dir, "synapse") }),
      startLiveKit({ dir: join(dir, "livekit"), webhookUrl: `${url}/livekit/webhook` }),
    ]);
    const begun = new Map<string, RunningProcess>();
    const start = async (name: string, at: number) => {
      const config = join(dir, `${name}.yaml`);
      const content = {
        livekit: {
          url: livekit.url,
          internalUrl: livekit.httpUrl,
          apiKey: livekit.apiKey,
          apiSecret: livekit.apiSecret,
        },
        homeserver: { url: synapse.url, serverName: synapse.serverName, registration: files.registration },
        service: { publicUrl: url, port: ports[at], shard: { name, table: files.table } },
        database: join(dir, `${name}.db`),
        speech: { engine: "off" },
      };
      await writeFile(config, stringify(content));
      const ready = `${table.shards[name]}/ready`;
      begun.set(name, await run(`Shard ${name}`, ["start", "--config", config], join(dir, `${name}.log`), ready));
    };
    await Promise.all(names.map(start));
    return {
      url,
      synapse,
      livekit,
      botId: `@mindminder:${synapse.serverName}`,
      named: new Map(
        names.map((name, at): [string, Shard] => [
          name,
          {
            log: join(dir, `${name}.log`),
            kill: async () => begun.get(name)?.kill(),
            start: () => start(name, at),
          },
        ]),
      ),
      shardOf: (room) => shardOf(table, room),
      stop: async () => {
        await Promise.all([...begun.values()].map((shard) => shard.stop()));
        await Promise.all([router.stop(), synapse.stop(), livekit.stop()]);
      },
    };
  });
}

function run(name: string, args: readonly string[], log: string, ready: string): Promise<RunningProcess> {
  return startProcess({ name, command: process.execPath, args: [PROGRAM, ...args], log, ready });
}
