import { refuse } from "../circle/ruling.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import { listensIn, memberOf, ringNumbered, type Assembly, type RunningAssembly } from "./assembly.ts";
import type { AssemblyCommandOf as Of } from "./command.ts";
import { agreed, type AssemblyRuling } from "./ruling.ts";

/** Most people in the gallery, as many as may take part. */
const MOST_LISTENERS = 1_500;

/**
 * Somebody who takes no part listens in a ring of their choice, where all see it, and in another one when they like.
 */
export function listenIn(assembly: RunningAssembly, { actor, name, to, at }: Of<"listen-in">): AssemblyRuling {
  if (memberOf(assembly, actor.id)) return refuse("already-in-assembly");
  const ring = ringNumbered(assembly, to);
  if (!ring || ring.status === "merged") return refuse("no-such-ring", { number: to });
  const now = listensIn(assembly, actor.id);
  if (now === to) return agreed();
  if (now === null && assembly.gallery.length >= MOST_LISTENERS)
    return refuse("assembly-full", { most: MOST_LISTENERS });
  return agreed({ type: "listener-came", who: actor.id, name, ring: to, at });
}

/** Listeners go as they came, and nothing else changes by it. `by`: who takes them out. */
export function leaveGallery(
  assembly: Assembly,
  who: ParticipantId,
  by: ParticipantId | null,
  at: number,
): AssemblyRuling {
  return listensIn(assembly, who) === null ? agreed() : agreed({ type: "listener-left", who, by, at });
}
