import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { Registration } from "../configuration/registration.ts";
import { readYaml } from "../configuration/yaml-file.ts";
import { createRouter } from "../route/create-router.ts";
import { ShardTable } from "../route/shard-table.ts";
import { openLog } from "../service-log.ts";

/** Configuration of the router. Paths count from its folder. */
export const RouterConfig = z.strictObject({
  bind: z.string().default("127.0.0.1").describe("Address to listen on; the registration's url leads here"),
  port: z.number().int().min(1).max(65_535).default(29_329).describe("Port to listen on"),
  registration: z.string().min(1).describe("The registration that the homeserver and all shards have"),
  table: z.string().min(1).describe("The table of shards, which all shards have, too"),
  folder: z.string().min(1).default("data/router").describe("Folder of events whose shard is away"),
  standbyAfterSeconds: z
    .number()
    .min(1)
    .max(3_600)
    .default(10)
    .describe("Time for which a shard has not answered before a standby may take it over"),
  log: z.enum(["debug", "info", "warn", "error"]).default("info").describe("How much is logged"),
});

/** Passes what the homeserver, LiveKit and people send to the shard of their room, until it is told to stop. */
export async function route(configFile: string): Promise<void> {
  process.umask(0o077);
  const file = resolve(configFile);
  const path = (name: string) => resolve(dirname(file), name);
  const config = readYaml(file, RouterConfig);
  const { hs_token: hsToken, as_token: asToken } = readYaml(path(config.registration), Registration);
  const table = readYaml(path(config.table), ShardTable);
  mkdirSync(path(config.folder), { recursive: true, mode: 0o700 });
  const { log } = openLog(config.log, undefined, [hsToken, asToken]);
  const { server, close } = createRouter({
    table,
    folder: path(config.folder),
    hsToken,
    standbyAfterMs: config.standbyAfterSeconds * 1_000,
    log,
  });
  await new Promise<void>((listening, refused) => {
    server.once("error", refused);
    server.listen(config.port, config.bind, listening);
  });
  log.info({ port: config.port, shards: Object.keys(table.shards) }, "the router is up");
  for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => void close().then(() => process.exit(0)));
}
