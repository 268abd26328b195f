import { resolve } from "node:path";
import type { LoadedConfig } from "../configuration/load-config.ts";
import { readYaml } from "../configuration/yaml-file.ts";
import type { RoomId } from "../protocol/identity.ts";
import { ShardTable, shardOf } from "../route/shard-table.ts";

/** Tells the rooms that are this service's: all of them, unless it is a shard. */
export function ownRooms({ config, folder }: Pick<LoadedConfig, "config" | "folder">): (room: RoomId) => boolean {
  const { shard } = config.service;
  if (!shard) return () => true;
  const table = readYaml(resolve(folder, shard.table), ShardTable);
  return (room) => shardOf(table, room) === shard.name;
}
