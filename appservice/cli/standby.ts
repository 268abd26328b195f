import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { examineConfig, type LoadedConfig } from "../configuration/load-config.ts";
import { BadFiles } from "../configuration/problems.ts";
import { AdminError } from "../protocol/mindminder-error.ts";
import { isSamePlace, type ShardSeen } from "../route/router-door.ts";
import { askPatiently } from "../route/shard-hold.ts";
import { openLog, type ServiceLog } from "../service-log.ts";
import { bringReplica } from "../replica/replica.ts";
import { sleep, wallClock } from "../time/time.ts";
import { ownShard, type OwnShard } from "./own-shard.ts";
import { start } from "./start.ts";

/** Thrown where nothing says for whom to stand by. */
class NoShard extends AdminError {
  constructor(file: string) {
    super(
      "SHARD_HELD_ELSEWHERE",
      `${file}: a standby needs service.shard with name, table, router, and address, where the router will reach it.`,
    );
  }
}

const LOOK_EVERY_MS = 1_000;

/**
 * Waits until the service that has the shard is away, takes it over with the newest copy of its database, and runs it.
 */
export async function standby(configFile: string): Promise<void> {
  process.umask(0o077);
  const { loaded, problems } = examineConfig(configFile);
  if (!loaded) throw new BadFiles(problems);
  const shard = ownShard(loaded);
  if (!shard) throw new NoShard(configFile);
  const { log } = openLog(loaded.config.log);
  let seen = await askPatiently(shard.door, log);
  log.info({ shard: shard.name, at: seen.address }, "standing by");
  while (!isSamePlace(seen.address, shard.address)) {
    await sleep(LOOK_EVERY_MS);
    seen = await askPatiently(shard.door, log);
    if (seen.mayBeTaken) seen = (await takeOver(loaded, shard, seen, log)) ?? seen;
  }
  await start(configFile);
}

/** Null where the shard was back before it was taken. */
async function takeOver(
  { config, folder }: LoadedConfig,
  { name, door, address }: OwnShard,
  { epoch, address: from }: ShardSeen,
  log: ServiceLog["log"],
): Promise<ShardSeen | null> {
  const database = resolve(folder, config.database);
  mkdirSync(dirname(database), { recursive: true });
  const aside = moveAside(database);
  // Brought before the shard is taken: where that cannot be done, another standby may do better.
  const brought =
    config.replica !== undefined && (await bringReplica({ options: config.replica, folder, database, epoch }));
  const taken = await door.take({ address, epoch });
  if (!taken) {
    rmSync(database, { force: true });
    return null;
  }
  log.warn(
    { shard: name, from, aside },
    brought
      ? "the shard is taken over, with the newest copy of its database"
      : "the shard is taken over without a copy of its database: what runs is taken up as the rooms have it",
  );
  return taken;
}

/** Moves away what is left of an earlier time: the copy is newer. */
function moveAside(database: string): string | null {
  const there = ["", "-wal", "-shm"].map((end) => `${database}${end}`).filter((file) => existsSync(file));
  if (there.length === 0) return null;
  const aside = join(dirname(database), `before-standby-${new Date(wallClock()).toISOString().replace(/[:.]/g, "-")}`);
  mkdirSync(aside, { mode: 0o700 });
  for (const file of there) renameSync(file, join(aside, basename(file)));
  return aside;
}
