import type { StallingProxy } from "../stack/stalling-proxy.ts";
import type { Mindminder } from "../stack/mindminder.ts";
import { childrenOf } from "./processes-of.ts";
import type { ShiftedClock } from "./shifted-clock.ts";

/** Something bad that lasts for a while; `begin` gives what ends it. */
export type Nemesis = { readonly name: string; begin(): () => Promise<void> | void };

/** One of each sort, for a run that is to be short. */
export const ONE_OF_EACH: readonly Nemesis["name"][] = [
  "the service is asleep",
  "LiveKit is asleep",
  "no answer of the homeserver comes back",
  "no answer of LiveKit's API comes back",
  "the clock is set forward by an hour",
  "the service is killed",
];

export type Surroundings = {
  readonly mindminder: Mindminder;
  readonly toHomeserver: StallingProxy;
  readonly toLiveKit: StallingProxy;
  readonly clock: ShiftedClock;
};

/** Nemeses of a whole product, which is there once the first of them begins; `scribe` where one hears. */
export function nemeses(around: () => Surroundings, scribe: boolean): Nemesis[] {
  const mindminder = () => around().mindminder;
  const asleep = (name: string, pids: () => readonly number[]): Nemesis => ({
    name: `${name} is asleep`,
    begin: () => {
      const sleeping = pids();
      if (sleeping.length === 0) throw new Error(`${name} does not run`);
      for (const pid of sleeping) process.kill(pid, "SIGSTOP");
      return () => {
        for (const pid of sleeping) process.kill(pid, "SIGCONT");
      };
    },
  });
  const stalled = (name: string, to: "toHomeserver" | "toLiveKit", way: "there" | "back"): Nemesis => ({
    name,
    begin: () => {
      around()[to].stall(way);
      return () => around()[to].flow();
    },
  });
  const set = (name: string, seconds: number): Nemesis => ({
    name,
    begin: () => {
      around().clock.shift(seconds);
      return () => around().clock.shift(0);
    },
  });
  return [
    asleep("the service", () => [mindminder().pid]),
    asleep("the homeserver", () => [mindminder().synapse.pid]),
    asleep("LiveKit", () => [mindminder().livekit.pid]),
    ...(scribe ? [asleep("the scribe", () => childrenOf(mindminder().pid, "scribe"))] : []),
    stalled("nothing reaches the homeserver", "toHomeserver", "there"),
    stalled("no answer of the homeserver comes back", "toHomeserver", "back"),
    stalled("nothing reaches LiveKit's API", "toLiveKit", "there"),
    stalled("no answer of LiveKit's API comes back", "toLiveKit", "back"),
    set("the clock is set forward by 50 s", 50),
    set("the clock is set back by 50 s", -50),
    set("the clock is set forward by an hour", 3_600),
    set("the clock is set back by an hour", -3_600),
    {
      name: "the service is killed",
      begin: () => {
        const { killService, startService } = mindminder();
        const killed = killService();
        return () => killed.then(startService);
      },
    },
  ];
}
