import type { ParticipantId, RingNumber } from "../protocol/identity.ts";
import type { KeeperCall, RunningAssembly } from "./assembly.ts";

/** Calls of all rings but one. */
export function callsWithout({ calls }: RunningAssembly, ring: RingNumber): KeeperCall[] {
  return calls.filter((call) => call.ring !== ring);
}

/** Calls that stand once somebody is in a ring: one to which the keeper comes, in whichever way, calls no longer. */
export function callsOnceIn(assembly: RunningAssembly, who: ParticipantId, ring: RingNumber | null) {
  return assembly.keeper === who && ring !== null ? callsWithout(assembly, ring) : assembly.calls;
}
