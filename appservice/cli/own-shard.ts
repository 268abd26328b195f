import { resolve } from "node:path";
import type { LoadedConfig } from "../configuration/load-config.ts";
import { readYaml } from "../configuration/yaml-file.ts";
import { RouterDoor } from "../route/router-door.ts";
import { ShardTable } from "../route/shard-table.ts";

/** This service's shard, the router that knows where it is, and the address by which it is meant here. */
export type OwnShard = { readonly name: string; readonly door: RouterDoor; readonly address: string };

/** Null where the service is no shard, or its configuration names no router. */
export function ownShard({ config, registration, folder }: LoadedConfig): OwnShard | null {
  const { shard } = config.service;
  if (!shard?.router) return null;
  const address = shard.address ?? readYaml(resolve(folder, shard.table), ShardTable).shards[shard.name];
  if (address === undefined) return null;
  return { name: shard.name, address, door: new RouterDoor(shard.router, shard.name, registration.hs_token) };
}
