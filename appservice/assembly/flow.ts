import { drawn } from "../circle/order.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import { inRing, phaseOf, type Ring, type RunningAssembly, standing, staying, voiceNow } from "./assembly.ts";
import { placedRings } from "./placed.ts";
import type { AssemblyStory } from "./assembly-story.ts";

/** Rings with fewer people than this are none, where rings are meant to have so many. */
const A_RING = 3;

/** Lets `work` see the assembly as it now is, while it runs. */
export function whileRunning(story: AssemblyStory, work: (assembly: RunningAssembly) => void): void {
  if (story.assembly.phase === "running") work(story.assembly);
}

/**
 * Begins the phase, or the first after it in which there is somebody to speak; where there is none, the assembly is
 * over.
 */
export function beginPhase(story: AssemblyStory, step: number, at: number): void {
  whileRunning(story, (assembly) => {
    for (let next = step; next < assembly.plan.phases.length && staying(assembly).length > 0; next++) {
      const rings = placedRings(assembly, next);
      const seconds = assembly.plan.phases[next]?.seconds ?? 0;
      if (rings) return story.add({ type: "phase-started", step: next, rings, endsAt: at + seconds * 1000, at });
    }
    story.add({ type: "assembly-ended", by: null, at });
  });
}

/** Ends the phase and begins the next; rings that have not chosen a delegate are given one. */
export function endPhase(story: AssemblyStory, at: number): void {
  whileRunning(story, (assembly) => {
    for (const ring of standing(assembly)) chooseDelegate(story, ring, at);
    story.add({ type: "phase-ended", step: assembly.step, at });
    beginPhase(story, assembly.step + 1, at);
  });
}

/** Ends the keeper's voice to all, where it is heard. */
export function endVoice(story: AssemblyStory, at: number): void {
  whileRunning(story, (assembly) => {
    if (voiceNow(assembly)) story.add({ type: "voice-ended", at });
  });
}

/** Ends the phase once every ring is done. */
export function endIfDone(story: AssemblyStory, at: number): void {
  whileRunning(story, (assembly) => {
    if (phaseOf(assembly).kind !== "topics" && standing(assembly).every(({ status }) => status === "done"))
      endPhase(story, at);
  });
}

export function ringIsDone(
  story: AssemblyStory,
  ring: Ring,
  spoken: readonly { readonly who: ParticipantId; readonly ms: number }[],
  at: number,
): void {
  story.add({ type: "ring-done", ring: ring.number, spoken: [...spoken], at });
  endIfDone(story, at);
}

/** Gives a ring its delegate by the rule of the phase, where it has agreed on nobody. */
function chooseDelegate(story: AssemblyStory, { number, delegate }: Ring, at: number): void {
  whileRunning(story, (assembly) => {
    const phase = phaseOf(assembly);
    if (phase.kind !== "rings" || phase.delegate === "nobody" || delegate !== null) return;
    const people = drawn(inRing(assembly, number), assembly.seed + assembly.step * 100 + number);
    const byLot = phase.delegate === "lot";
    const chosen = byLot ? people[0] : people.toSorted((one, other) => one.spokenMs - other.spokenMs)[0];
    if (chosen)
      story.add({ type: "delegate-chosen", ring: number, who: chosen.id, how: byLot ? "lot" : "quietest", at });
  });
}

/** Sees that nobody waits in vain after somebody went: small rings merge, and where nobody is left to speak it is over. */
export function settleRings(story: AssemblyStory, at: number): void {
  mergeSmall(story, at);
  whileRunning(story, (assembly) => {
    const { kind } = phaseOf(assembly);
    if (kind === "rings" || kind === "topics") return;
    for (const ring of standing(assembly)) {
      const speaks = inRing(assembly, ring.number).some(({ seated }) => seated);
      if (!speaks && ring.status !== "done") ringIsDone(story, ring, [], at);
    }
  });
}

/** Merges rings that shrank below three into the smallest other ring that still talks, one after another. */
function mergeSmall(story: AssemblyStory, at: number): void {
  for (let again = true; again; ) {
    again = false;
    whileRunning(story, (assembly) => {
      const phase = phaseOf(assembly);
      if (phase.kind !== "rings") return;
      const size = (ring: Ring) => inRing(assembly, ring.number).length;
      const open = standing(assembly).filter(({ status }) => status !== "done");
      const small = open.filter((ring) => size(ring) < Math.min(A_RING, phase.size.least));
      const [least] = small.toSorted((one, other) => size(one) - size(other));
      const [into] = open.filter((ring) => ring !== least).toSorted((one, other) => size(one) - size(other));
      if (!least) return;
      if (!into) return nobodyLeft(story, least, size(least), at);
      for (const { id: who } of inRing(assembly, least.number))
        story.add({ type: "member-moved", who, to: into.number, seated: true, reason: "merged", by: null, at });
      story.add({ type: "ring-merged", ring: least.number, into: into.number, at });
      again = true;
    });
  }
}

/** A last ring of few goes on; one of nobody is done. */
function nobodyLeft(story: AssemblyStory, ring: Ring, size: number, at: number): void {
  if (size === 0) ringIsDone(story, ring, [], at);
}
