import { isDroppedTwice } from "../call/dropped-twice.ts";
import { flushCompileCache } from "node:module";
import { resolve } from "node:path";
import { knownSecrets } from "../configuration/known-secrets.ts";
import { examineConfig, type LoadedConfig } from "../configuration/load-config.ts";
import { BadFiles } from "../configuration/problems.ts";
import { botIdOf } from "../configuration/registration.ts";
import { startService } from "../main.ts";
import { OUTSIDE } from "../parts/outside.ts";
import { isSamePlace } from "../route/router-door.ts";
import { askUntilDecided, holdShard, ShardHeldElsewhere } from "../route/shard-hold.ts";
import { openLog } from "../service-log.ts";
import { Replica } from "../replica/replica.ts";
import { keepSecret } from "./discreet.ts";
import { ownShard } from "./own-shard.ts";

/** Tells where the service listens, and what to do next. */
export function forPeople({ config: { service, homeserver }, registration }: LoadedConfig): string {
  return `
Mindminder listens at ${service.bind}:${service.port}; people reach it at ${service.publicUrl}.
Next: invite ${botIdOf(registration, homeserver.serverName)} into a room, make it a moderator there, and say “!circle help”.
“npx --no mindminder doctor” says whether everything it needs is in order. Ctrl-C ends it.
`;
}

/** Runs the service until it is told to stop. */
export async function start(configFile: string): Promise<void> {
  // Keeps people's words from other users of this machine: database, sound and all.
  process.umask(0o077);
  const { loaded, problems, doubts } = examineConfig(configFile);
  if (!loaded) throw new BadFiles(problems);
  const secrets = knownSecrets(loaded);
  keepSecret(secrets);
  const serviceLog = openLog(loaded.config.log, undefined, secrets);
  const { log } = serviceLog;
  // Doubts may be meant so, and the service can do its work; an admin who wonders why nobody gets in finds them here.
  for (const { key, problem, remedy } of doubts) log.warn({ key }, `${problem} ${remedy}`);
  // Stands before the handler that prints: a line of the log has the meeting, and every reader of logs finds it.
  process.prependListener("uncaughtException", (error) => {
    if (isDroppedTwice(error))
      return log.warn({ err: error }, "a call's connection was tidied up twice; nothing is lost");
    log.fatal({ err: error }, "the service ends by what nobody caught; it is a bug of ours");
    process.exit(1);
  });
  const shard = ownShard(loaded);
  const seen = shard && (await askUntilDecided(shard.door, log));
  if (shard && seen && !isSamePlace(seen.address, shard.address)) throw new ShardHeldElsewhere(shard.name, seen);
  const service = await startService(loaded, serviceLog, OUTSIDE, seen?.rooms);
  const { replica: options, database } = loaded.config;
  const { folder } = loaded;
  const replica =
    options && new Replica({ options, folder, database: resolve(folder, database), epoch: seen?.epoch ?? 1, log });
  // Kept for the next start, which may follow a crash, where NODE_COMPILE_CACHE names a place: it loads twice as fast.
  flushCompileCache();

  // The log is for machines; a person who started the service by hand is told what to do next.
  if (process.stdout.isTTY) console.error(forPeople(loaded));

  let stopping = false;
  const stop = (why: object, code = 0) => {
    if (stopping) return;
    stopping = true;
    letGo?.();
    log.info(why, "stopping");
    const stopped = service.stop().finally(() => replica?.stop());
    void stopped.then(
      () => process.exit(code),
      (error: unknown) => {
        log.error({ err: error }, "the service did not stop cleanly");
        process.exit(1);
      },
    );
  };
  const letGo = shard && holdShard({ ...shard, onLost: ({ address }) => stop({ heldBy: address }, 1) });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stop({ signal }));
}
