import type { Logger } from "pino";
import { AdminError } from "../protocol/mindminder-error.ts";
import type { Timer } from "../time/source.ts";
import { clearTimer, repeat, sleep } from "../time/time.ts";
import { isSamePlace, type RouterDoor, type ShardSeen } from "./router-door.ts";

/** Another service has the shard. */
export class ShardHeldElsewhere extends AdminError {
  constructor(name: string, { address }: Pick<ShardSeen, "address">) {
    super(
      "SHARD_HELD_ELSEWHERE",
      `The shard ${name} is at ${address} by now, as its router says. “mindminder standby” waits until that one is away, and takes over from it.`,
    );
  }
}

const ASKED_EVERY_MS = 1_000;

/** Asks the router until it answers; while it is away nothing would come anyway. */
export async function askPatiently(door: Pick<RouterDoor, "look">, log: Logger): Promise<ShardSeen> {
  for (let told = false; ; told = true)
    try {
      return await door.look();
    } catch (error) {
      if (!told) log.warn({ err: error }, "waiting for the router, which knows where the shard is");
      await sleep(ASKED_EVERY_MS);
    }
}

/** The same, until it is decided whose the rooms are that were being moved. */
export async function askUntilDecided(door: Pick<RouterDoor, "look">, log: Logger): Promise<ShardSeen> {
  for (;;) {
    const seen = await askPatiently(door, log);
    if (seen.rooms.moving.length === 0) return seen;
    await sleep(ASKED_EVERY_MS);
  }
}

export type ShardHoldDeps = {
  readonly door: Pick<RouterDoor, "look">;
  readonly address: string;
  /** Called once, when another service has the shard. */
  readonly onLost: (seen: ShardSeen) => void;
};

/** Looks each second whether the shard is still at this address: one that was taken for dead may wake up. */
export function holdShard({ door, address, onLost }: ShardHoldDeps): () => void {
  let asking = false;
  const timer: Timer = repeat(() => {
    if (asking) return;
    asking = true;
    door
      .look()
      .then((seen) => {
        if (isSamePlace(seen.address, address)) return;
        clearTimer(timer);
        onLost(seen);
      })
      // A router that is away gives the shard to nobody.
      .catch(() => {})
      .finally(() => {
        asking = false;
      });
  }, ASKED_EVERY_MS);
  return () => clearTimer(timer);
}
