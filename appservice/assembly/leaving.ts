import type { ParticipantId } from "../protocol/identity.ts";
import type { Ring, RunningAssembly } from "./assembly.ts";

/** Of whoever is gone for good, nothing counts in their ring, and nobody waits for the keeper to move them. */
export function withoutGone(assembly: RunningAssembly, who: ParticipantId): RunningAssembly {
  const own = assembly.members.find(({ id }) => id === who)?.ring;
  const rings = assembly.rings.map((ring) => (ring.number === own ? leftBy(ring, who) : ring));
  return { ...assembly, rings, asked: assembly.asked.filter((each) => each.who !== who) };
}

/** Of whoever goes elsewhere, nothing counts in the ring any more. */
export function leftBy(ring: Ring, who: ParticipantId): Ring {
  return {
    ...ring,
    ready: ring.ready.filter((each) => each !== who),
    keeper: ring.keeper === who ? null : ring.keeper,
    delegate: ring.delegate === who ? null : ring.delegate,
    named: ring.named?.who === who ? null : ring.named,
    summary: { ...ring.summary, agreed: ring.summary.agreed.filter((each) => each !== who) },
  };
}
